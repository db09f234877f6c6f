"""Listings in the browser: the list, the page of one revision, writing it, and its commands."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.admin.entry.drafting import DraftingAdmin
from catalog.admin.listing_comparing import compare_view
from catalog.admin.listing_forms import DelistForm, ScheduleForm, SubmitForm
from catalog.admin.listing_review import judged
from catalog.admin.listing_writing import Sheet, findings_of, progress_of, sheet_of
from catalog.models import ListingRevision
from catalog.queries.listings import content_of, revisions_for
from catalog.rules.listing_lifecycle import IN_REVIEW, LISTING_LIFECYCLE
from catalog.services import drafts, judgement, publishing
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command


@admin.register(ListingRevision)
class ListingRevisionAdmin(DraftingAdmin):
    """Revisions are written on a screen of their own and move by commands only."""

    subject_kind = "listing"
    subject_argument = "revision_id"
    state_field = "state"
    lifecycle = LISTING_LIFECYCLE
    commands = {
        "submit": Command(_("Submit for review"), judgement.submit, SubmitForm),
        "publish": Command(_("Publish now"), publishing.publish, SubmitForm),
        "schedule": Command(_("Schedule"), publishing.schedule, ScheduleForm),
        "waive_margin": Command(_("Waive the margin"), judgement.waive_margin, ReasonForm, danger=True),
        "withdraw": Command(_("Withdraw"), judgement.withdraw),
        "relist": Command(_("Put on sale again"), publishing.relist, SubmitForm),
        "delist": Command(_("Take off sale"), publishing.delist, DelistForm, danger=True),
    }
    list_display = ("product", "no", "title", "state", "percent", "author_label", "submitted_at", "publish_at")
    list_select_related = ("product",)
    list_filter = ("state",)
    search_fields = ("product__code__startswith", "title__icontains")
    fields = (
        "product",
        "no",
        "state",
        "title",
        "core_keyword",
        "category_code",
        "supplier",
        "brand",
        "model_no",
        "specification",
        "selling_points",
        "use_scenarios",
        "usage",
        "precautions",
        "detail",
        "tags",
        "commitments",
        "shop_codes",
        "image_addresses",
        "author_label",
        "submitted_at",
        "publish_at",
        "published_at",
        "delisted_at",
    )
    change_form_outer_before_template: Any = "catalog/listing_page.html"

    @column(_("Completeness"))
    def percent(self, obj: ListingRevision) -> str:
        return f"{obj.completeness} %"

    @admin.display(description=_("Specification"))
    def specification(self, obj: ListingRevision) -> str:
        return "; ".join(f"{name}: {value}" for name, value in obj.spec.items())

    @admin.display(description=_("Images"))
    def image_addresses(self, obj: ListingRevision) -> str:
        return ", ".join(image["url"] for image in obj.images)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [path("<path:object_id>/write/", wrap(self.write_view), name="catalog_listingrevision_write")]
        own.append(path("<path:object_id>/compare/", wrap(compare_view), name="catalog_listingrevision_compare"))
        return [*self.judging_urls(), *self.drafting_urls(), *own, *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.add_listingrevision")  # type: ignore[union-attr]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=revisions_for(actor_of(request)).values("pk"))

    def page_context(self, request: HttpRequest, obj: ListingRevision) -> dict[str, Any]:
        return super().page_context(request, obj) | {
            "found": findings_of(obj),
            "progress": progress_of(content_of(obj)),
            "may_waive": self.may_waive(obj, actor_of(request)),
            "content": content_of(obj),
            "judged": judged(obj),
            "sees_costs": actor_of(request).can("catalog.view_cost"),
        }

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands, and before them the screens on which the revision is written and judged."""
        steps = self.lifecycle.available(obj.state, actor)
        screens = []
        if {"pass_material", "release"} & set(steps):
            screens.append(self._screen("review", _("Review"), reverse("admin:catalog_listingrevision_review", args=[obj.pk])))
        if "edit" in steps:
            screens.append(self._screen("write", _("Edit"), reverse("admin:catalog_listingrevision_write", args=[obj.pk])))
        elif actor.can("catalog.add_listingrevision") and obj.pk == obj.product.latest_revision_id:
            link = reverse("admin:catalog_listingrevision_add") + f"?from={obj.public_id}"
            screens.append(self._screen("next", _("Write the next revision"), link))
        if obj.no > 1:
            link = reverse("admin:catalog_listingrevision_compare", args=[obj.product_id]) + f"?new={obj.no}"
            screens.append(self._screen("compare", _("Compare revisions"), link))
        return [*screens, *super().buttons(obj, actor)]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Write the first revision of a product, or the next one of the listing named by ``from``."""
        actor = actor_of(request)
        if not actor.can("catalog.add_listingrevision"):
            raise PermissionDenied
        source = revisions_for(actor).filter(public_id=request.GET.get("from", "")).first()
        sheet = sheet_of(request, actor, revision=source, fixed_code=source is not None)
        if request.method == "POST" and sheet.is_valid():
            try:
                code = sheet.form.cleaned_data["code"]
                draft = drafts.create_draft(
                    code=code, content=sheet.content(), update=sheet.update(), actor=actor, now=clock.now()
                )
            except DomainError as refusal:
                sheet.form.refuse(refusal)
            else:
                return self._saved(request, draft)
        title = _("Next revision of %(code)s") % {"code": source.product.code} if source else _("New listing")
        return self._sheet(request, sheet, title, None)

    def write_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write a revision anew; what was judged is a draft again."""
        actor, revision = actor_of(request), self.get_object(request, object_id)
        if revision is None:
            raise Http404
        if not self.has_view_permission(request, revision) or not actor.can("catalog.change_listingrevision"):
            raise PermissionDenied
        sheet = sheet_of(request, actor, revision=revision, fixed_code=True)
        if request.method == "POST" and sheet.is_valid():
            try:
                version = sheet.form.cleaned_data["version"] or 0
                draft = drafts.edit_draft(
                    revision_id=revision.pk,
                    version=version,
                    content=sheet.content(),
                    update=sheet.update(),
                    actor=actor,
                    now=clock.now(),
                )
            except DomainError as refusal:
                sheet.form.refuse(refusal)
            else:
                return self._saved(request, draft)
        return self._sheet(request, sheet, _("Listing %(listing)s") % {"listing": revision}, revision)

    def _saved(self, request: HttpRequest, draft: drafts.Draft) -> HttpResponse:
        errors = sum(finding.blocks for finding in draft.findings)
        if errors:
            messages.warning(
                request, _t("Saved. %(count)s errors must be corrected before it can be submitted.") % {"count": errors}
            )
        else:
            messages.success(request, _t("Saved. It can be submitted."))
        return HttpResponseRedirect(reverse("admin:catalog_listingrevision_write", args=[draft.revision.pk]))

    def _sheet(self, request: HttpRequest, sheet: Sheet, title: Any, revision: ListingRevision | None) -> HttpResponse:
        refused = request.method == "POST"
        context = (
            self.admin_site.each_context(request)
            | sheet.context()
            | {
                "title": title,
                "opts": self.opts,
                "original": revision,
                "in_review": revision is not None and revision.state in (*IN_REVIEW, "approved"),
                "judged": judged(revision) if revision else [],
                "buttons": self.buttons(revision, actor_of(request)) if revision else [],
            }
        )
        return TemplateResponse(request, "catalog/listing_form.html", context, status=422 if refused else 200)

    @staticmethod
    def _screen(name: str, label: Any, url: str) -> dict[str, Any]:
        return {"name": name, "label": label, "danger": False, "url": url}
