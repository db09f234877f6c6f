"""Placing an image of the library: on a listing, on a page or campaign."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.media.forms import PlaceForm, PlaceOnPageForm
from catalog.admin.media.origin import origin_of
from catalog.models import MediaAsset
from catalog.rules.media.wording import path_of
from catalog.services.media.placing import place_on_listing
from catalog.services.pages.placing import place_on_page
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import LifecycleAdmin

_PLACES = {"place": _("Place on a listing"), "place_on_page": _("Place on a page")}


class PlacingAdmin(LifecycleAdmin):
    """The buttons and screens by which an image comes to where it is shown. SOP: C6"""

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "catalog_mediaasset"
        return [
            path("<path:object_id>/place/", wrap(self.place_view), name=f"{name}_place"),
            path("<path:object_id>/place-on-page/", wrap(self.place_on_page_view), name=f"{name}_place_on_page"),
            *super().get_urls(),
        ]

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """Placing it comes first: that is what an image is for."""
        available = self.lifecycle.available(obj.state, actor)
        places = [
            {"name": name, "label": label, "danger": False, "url": reverse(f"admin:catalog_mediaasset_{name}", args=[obj.pk])}
            for name, label in _PLACES.items()
            if name in available
        ]
        return [*places, *super().buttons(obj, actor)]

    def place_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put the image on a listing that is being written."""
        asset, actor = self._placeable(request, object_id, "place")
        form = PlaceForm(posted(request), actor=actor, initial={"listing": request.GET.get("listing", "")})

        def place(**common: Any) -> HttpResponse:
            revision = place_on_listing(**form.cleaned_data, **common).revision
            messages.success(request, gettext("The image is on the listing %(listing)s.") % {"listing": revision})
            return HttpResponseRedirect(reverse("admin:catalog_listingrevision_write", args=[revision.pk]))

        return self._place(request, asset, actor, form, place, _PLACES["place"])

    def place_on_page_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put the image on a page that is being written, or on the next version of a live one."""
        asset, actor = self._placeable(request, object_id, "place_on_page")
        form = PlaceOnPageForm(posted(request), actor=actor, initial={"image_alt": asset.title})

        def place(**common: Any) -> HttpResponse:
            version = place_on_page(**form.cleaned_data, **common)
            messages.success(request, gettext("The image is on the page %(page)s.") % {"page": version})
            return HttpResponseRedirect(reverse("admin:catalog_pageversion_change", args=[version.pk]))

        return self._place(request, asset, actor, form, place, _PLACES["place_on_page"])

    def _placeable(self, request: HttpRequest, object_id: str, step: str) -> tuple[MediaAsset, Actor]:
        """The image and who places it. Raises: Http404, PermissionDenied."""
        actor, asset = actor_of(request), self.get_object(request, object_id)
        if asset is None:
            raise Http404
        if step not in self.lifecycle.available(asset.state, actor):
            raise PermissionDenied
        return asset, actor

    def _place(
        self,
        request: HttpRequest,
        asset: MediaAsset,
        actor: Actor,
        form: CommandForm,
        place: Callable[..., HttpResponse],
        title: Any,
    ) -> HttpResponse:
        if request.method == "POST" and form.is_valid():
            try:
                return place(asset_id=asset.pk, origin=origin_of(request), actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
        context = self.admin_site.each_context(request) | {
            "title": title,
            "subtitle": asset.title,
            "form": form,
            "picture": path_of(asset.sha256, asset.format),
            "opts": self.opts,
            "original": asset,
        }
        return TemplateResponse(request, "catalog/media/place.html", context, status=422 if form.errors else 200)
