"""Sample audits: drawing one, and judging its listings field by field with the keyboard."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.admin.quality.base import AddedByForm
from catalog.enums.quality import AuditBasis, CheckedField, ErrorKind
from catalog.models import AuditItem, QualityAudit
from catalog.queries.listings import content_of, revisions_for
from catalog.queries.quality.expected import category_paths
from catalog.rules.quality.lifecycles import AUDIT_LIFECYCLE, CHECKED_FIELDS
from catalog.services.quality import audits
from catalog.services.quality.audits import Judgement
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, ReasonForm, posted
from opsdesk.doors.admin.records import Command

RIGHT = "right"
_CHOICES = (("", "---------"), (RIGHT, _("Right")), *ErrorKind.choices)


class DrawForm(CommandForm):
    """Asks how many listings, and how they are chosen."""

    basis = forms.ChoiceField(label=_("Chosen"), choices=AuditBasis.choices)
    size = forms.IntegerField(label=_("Listings in the sample"), min_value=1, max_value=5000)


class JudgeForm(CommandForm):
    """One choice and one note a field of the listing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHECKED_FIELDS:
            self.fields[name] = forms.ChoiceField(label=name.label, choices=_CHOICES, required=False)
            self.fields[f"{name}_note"] = forms.CharField(label=_("Note"), max_length=300, required=False)
            self._dress(self.fields[name])
            self._dress(self.fields[f"{name}_note"])

    def judgements(self) -> dict[str, Judgement]:
        """What was judged; a field without a choice is left out."""
        data = self.cleaned_data
        return {
            name.value: Judgement(None if data[name] == RIGHT else ErrorKind(data[name]), data[f"{name}_note"])
            for name in CHECKED_FIELDS
            if data[name]
        }


@admin.register(QualityAudit)
class QualityAuditAdmin(AddedByForm):
    """Samples of live listings. SOP: C17"""

    subject_kind = audits.SUBJECT
    subject_argument = "audit_id"
    state_field = "state"
    lifecycle = AUDIT_LIFECYCLE
    commands = {"close": Command(_("Close before the end"), audits.close_audit, ReasonForm, danger=True)}
    add_form_class, add_permission, add_title = DrawForm, "catalog.open_qualityaudit", _("Draw a sample")
    list_display = ("opened_at", "basis", "state", "size", "judged", "population", "finish_by", "closed_at")
    list_filter = ("state", "basis")
    fields = ("basis", "state", "size", "population", "seed", "opened_at", "opened_by", "finish_by", "closed_at")
    change_form_outer_before_template: Any = "catalog/quality/audit.html"

    @admin.display(description=_("judged"))
    def judged(self, row: Any) -> int:
        return int(row.judged_items)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        done = Count("items", filter=Q(items__checked_at__isnull=False))
        rows: QuerySet[Any] = super().get_queryset(request).annotate(judged_items=done)
        return rows

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("item/<int:item_id>/", wrap(self.judge_view), name="catalog_qualityaudit_item"),
            *super().get_urls(),
        ]

    def add(self, data: dict[str, Any], actor: Actor, now: Any) -> Any:
        return audits.draw_audit(**data, actor=actor, now=now)

    def page_context(self, request: HttpRequest, obj: QualityAudit) -> dict[str, Any]:
        actor = actor_of(request)
        visible = revisions_for(actor).values("pk")
        wrong = Count("fields", filter=Q(fields__is_right=False))
        items = obj.items.filter(revision__in=visible).select_related("revision__product", "checked_by").annotate(wrong=wrong)
        rows = [
            {"item": item, "own": actor.staff_id in item.revision.editor_ids} for item in items.order_by("checked_at", "pk")
        ]
        return super().page_context(request, obj) | {"rows": rows, "may_judge": actor.can("catalog.work_qualityaudit")}

    def judge_view(self, request: HttpRequest, item_id: int) -> HttpResponse:
        """Judge every field of one listing, and go on to the next."""
        actor = actor_of(request)
        if not actor.can("catalog.work_qualityaudit"):
            raise PermissionDenied
        items = AuditItem.objects.filter(revision__in=revisions_for(actor).values("pk"))
        item = items.select_related("audit", "revision__product").filter(pk=item_id).first()
        if item is None:
            raise Http404
        form = JudgeForm(posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                audits.judge_item(item_id=item.pk, judgements=form.judgements(), actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _t("Judged: %(listing)s") % {"listing": item.revision})
                return HttpResponseRedirect(_next(item, actor))
        context = self.admin_site.each_context(request) | {
            "title": _("Audit %(listing)s") % {"listing": item.revision},
            "form": form,
            "item": item,
            "rows": [(form[name], form[f"{name}_note"], shown) for name, shown in _shown(item)],
            "opts": self.opts,
        }
        return TemplateResponse(request, "catalog/quality/judge.html", context, status=422 if form.errors else 200)


def _next(item: AuditItem, actor: Actor) -> str:
    """The next listing of the sample that the actor may judge, else the sample's page."""
    left = item.audit.items.filter(checked_at=None).exclude(revision__editor_ids__contains=[actor.staff_id])
    left = left.filter(revision__in=revisions_for(actor).values("pk")).order_by("pk")
    if following := left.values_list("pk", flat=True).first():
        return reverse("admin:catalog_qualityaudit_item", args=[following])
    return reverse("admin:catalog_qualityaudit_change", args=[item.audit_id])


def _shown(item: AuditItem) -> list[tuple[CheckedField, str]]:
    """Each field with what the listing says there."""
    content = content_of(item.revision)
    special = {
        CheckedField.CATEGORY: " / ".join(category_paths([content.category]).get(content.category, (content.category,))),
        CheckedField.SPEC: "\n".join(f"{name}: {text}" for name, text in content.spec.items()),
        CheckedField.IMAGES: "\n".join(image.url for image in content.images),
        CheckedField.PRICE: "\n".join(
            " ".join(str(part) for part in (sku.sku, sku.price, sku.discount_price, sku.member_price) if part is not None)
            for sku in content.skus
        ),
    }
    return [(name, special.get(name) or _text(getattr(content, name.value, ""))) for name in CHECKED_FIELDS]


def _text(found: Any) -> str:
    return found if isinstance(found, str) else "\n".join(found)
