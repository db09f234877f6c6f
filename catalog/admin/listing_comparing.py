"""Any two revisions of a product side by side. SOP: C21"""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from catalog.admin.listing_review import compared
from catalog.enums.listings import ChangeKind
from catalog.models import Product
from catalog.queries.listings import revisions_for
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm


class ComparisonForm(CommandForm):
    """Which two revisions, by their numbers."""

    old = forms.TypedChoiceField(label=_("Before"), coerce=int)
    new = forms.TypedChoiceField(label=_("After"), coerce=int)


def compare_view(request: HttpRequest, object_id: str) -> HttpResponse:
    """Every field of two revisions of a product, word by word; the two newest first."""
    actor = actor_of(request)
    if not actor.can("catalog.view_listingrevision"):
        raise PermissionDenied
    product = Product.objects.filter(pk=int(object_id)).first() if object_id.isdigit() else None
    revisions = {row.no: row for row in revisions_for(actor).filter(product=product).order_by("-no")} if product else {}
    if not revisions or product is None:
        raise Http404
    newest = int(request.GET["new"]) if request.GET.get("new", "").isdigit() else max(revisions)
    shown = {"new": newest, "old": max((no for no in revisions if no < newest), default=newest)}
    form = ComparisonForm(shown | {name: request.GET[name] for name in shown if name in request.GET})
    for name in shown:
        field = form.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(no, f"#{no} {row.get_state_display()}") for no, row in revisions.items()]
    if not form.is_valid():
        raise Http404
    old, new = revisions[form.cleaned_data["old"]], revisions[form.cleaned_data["new"]]
    context = admin.site.each_context(request) | {
        "title": _("Compare revisions"),
        "subtitle": product.code,
        "product": product,
        "form": form,
        "old": old,
        "new": new,
        "kinds": [ChangeKind(kind).label for kind in new.change_kinds],
        "rows": compared(old, new, costs=actor.can("catalog.view_cost")),
    }
    return TemplateResponse(request, "catalog/prices/compare.html", context)
