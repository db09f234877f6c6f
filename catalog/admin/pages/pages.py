"""The pages of the shops: the list, a new page, and what a page shows now."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.pages.forms import AddressForm, PageForm
from catalog.admin.pages.writing import Sheet
from catalog.models import ContentPage, PageVersion
from catalog.queries.listings import shop_codes
from catalog.queries.pages import newest_measurement, pages_for, slow_points
from catalog.rules.pages.lifecycle import OPEN
from catalog.services.pages import writing
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.doors.words import say


@admin.register(ContentPage)
class ContentPageAdmin(ReadOnlyAdmin):
    """Pages with their live and their newest version; versions are written on a screen of their own. SOP: C25"""

    subject_kind = writing.PAGE_KIND
    shop_field = "shop"
    list_display = ("title", "kind", "shop", "live_version", "latest_version", "look_by")
    list_select_related = ("shop", "live_version__page", "latest_version__page")
    list_filter = ("kind", "shop")
    search_fields = ("slug__startswith", "title__startswith")
    fields = ("title", "kind", "slug", "shop", "address", "live_version", "latest_version", "look_by")
    change_form_outer_before_template: Any = "catalog/pages/page.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<path:object_id>/write/", wrap(self.write_view), name="catalog_contentpage_write"),
            path("<path:object_id>/address/", wrap(self.address_view), name="catalog_contentpage_address"),
        ]
        return [*own, *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.add_contentpage")  # type: ignore[union-attr]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=pages_for(actor_of(request)).values("pk"))

    def page_context(self, request: HttpRequest, obj: ContentPage) -> dict[str, Any]:
        measured = newest_measurement(obj)
        return super().page_context(request, obj) | {
            "store_page": obj,
            "versions": obj.versions.order_by("-no")[:20],
            "measured": measured,
            "slow": [say(finding.message, finding.params) for finding in slow_points(measured)],
            "may_write": actor_of(request).can("catalog.change_contentpage"),
        }

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Open a page of a shop."""
        actor = actor_of(request)
        if not actor.can("catalog.add_contentpage"):
            raise PermissionDenied
        form = PageForm(posted(request), shops=shop_codes(actor))
        if request.method == "POST" and form.is_valid():
            try:
                page = writing.create_page(**form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return HttpResponseRedirect(reverse("admin:catalog_contentpage_write", args=[page.pk]))
        context = self.admin_site.each_context(request) | {"title": _("New page"), "form": form, "opts": self.opts}
        return TemplateResponse(request, "catalog/pages/new.html", context, status=422 if form.errors else 200)

    def address_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say where customers see the page."""
        page, actor = self._writable(request, object_id)
        form = AddressForm(posted(request), initial={"address": page.address})
        if request.method == "POST" and form.is_valid():
            writing.change_address(page_id=page.pk, **form.cleaned_data, actor=actor, now=clock.now())
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("admin:catalog_contentpage_change", args=[page.pk]))
        context = self.admin_site.each_context(request) | {
            "title": _("Change the address"),
            "subtitle": page.title,
            "form": form,
            "command": {"label": _("Save")},
            "opts": self.opts,
            "original": page,
            "back": reverse("admin:catalog_contentpage_change", args=[page.pk]),
        }
        return TemplateResponse(request, "catalog/media/form.html", context, status=422 if form.errors else 200)

    def _writable(self, request: HttpRequest, object_id: str) -> tuple[ContentPage, Actor]:
        """The page and who writes it. Raises: PermissionDenied."""
        actor, page = actor_of(request), self.get_object(request, object_id)
        if page is None or not self.has_view_permission(request, page) or not actor.can("catalog.change_contentpage"):
            raise PermissionDenied
        return page, actor

    def write_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write the page's open version, or begin the next one from the live one."""
        page, actor = self._writable(request, object_id)
        open_version = PageVersion.objects.filter(page=page, state__in=OPEN).first()
        sheet = Sheet(open_version or page.live_version, fresh=open_version is None, data=posted(request))
        if request.method == "POST" and sheet.is_valid():
            version, title = sheet.form.cleaned_data["version"], sheet.form.cleaned_data["title"]
            try:
                written = writing.write_version(
                    page_id=page.pk, version=version, title=title, blocks=sheet.blocks(), actor=actor, now=clock.now()
                )
            except DomainError as refusal:
                sheet.form.refuse(refusal)
            else:
                messages.success(request, gettext("Saved."))
                return HttpResponseRedirect(reverse("admin:catalog_pageversion_change", args=[written.pk]))
        context = self.admin_site.each_context(request) | sheet.context()
        context |= {"title": page.title, "subtitle": str(page), "opts": self.opts, "original": page, "version": open_version}
        return TemplateResponse(request, "catalog/pages/write.html", context, status=422 if request.method == "POST" else 200)
