"""The library of images: the grid, uploading, one image with where it is used."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.media.forms import ACCEPT, DescribeForm, SearchForm, UploadForm
from catalog.admin.media.origin import origin_of
from catalog.admin.media.placing import PlacingAdmin
from catalog.models import MediaAsset
from catalog.queries.media.library import near, search
from catalog.queries.media.standards import limits
from catalog.queries.media.usage import uses_of
from catalog.rules.media.admission import MILLION
from catalog.rules.media.lifecycle import ASSET_STEPS
from catalog.rules.media.wording import path_of, thumbnail_path
from catalog.services.media import assets, placing, thumbnails
from catalog.services.media.assets import Upload
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.admin.records import Command
from opsdesk.doors.words import say

MAX_FILES = 20


@dataclass
class Outcome:
    """What came of one file of an upload."""

    name: str
    asset: MediaAsset | None = None
    remarks: list[tuple[str, str]] = field(default_factory=list)


@admin.register(MediaAsset)
class MediaAssetAdmin(PlacingAdmin):
    """Images are uploaded on a screen of their own and move by commands only. SOP: C6"""

    subject_kind = "media_asset"
    subject_argument = "asset_id"
    state_field = "state"
    lifecycle = ASSET_STEPS
    commands = {
        "describe": Command(_("Rename and file"), assets.describe, DescribeForm),
        "retry": Command(_("Make the thumbnails again"), thumbnails.retry),
        "archive": Command(_("Archive"), assets.archive, danger=True),
        "restore": Command(_("Take back into the library"), assets.restore),
    }
    fields = (
        "title",
        "tags",
        "state",
        "place",
        "format",
        "width",
        "height",
        "size",
        "white_border",
        "sharpness",
        "suspicion",
        "uploader_label",
        "uploaded_at",
        "thumbnails",
        "thumbnail_error",
    )
    change_form_outer_before_template: Any = "catalog/media/asset_page.html"

    @admin.display(description=_("Watermark"))
    def suspicion(self, obj: MediaAsset) -> str:
        return gettext("suspected") if obj.watermark else gettext("none seen")

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "catalog_mediaasset"
        return [
            path("upload/", wrap(self.upload_view), name=f"{name}_upload"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The grid: newest first, page by page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = SearchForm(request.GET)
        found = search(form.wanted())
        following = request.GET.copy()
        following["before"] = str(found.after or "")
        context = self.admin_site.each_context(request) | {
            "title": _("Image library"),
            "form": form,
            "cards": [card(asset) for asset in found.assets],
            "next": following.urlencode() if found.after else "",
            "may_upload": actor_of(request).can("catalog.add_mediaasset"),
            "opts": self.opts,
        }
        return TemplateResponse(request, "catalog/media/library.html", context, status=422 if form.errors else 200)

    def page_context(self, request: HttpRequest, obj: MediaAsset) -> dict[str, Any]:
        return super().page_context(request, obj) | {
            "asset": obj,
            "picture": path_of(obj.sha256, obj.format),
            "address": placing.address(obj, origin_of(request)),
            "remarks": [say(one["message"], one["params"]) for one in obj.warnings],
            "failure": say(thumbnails.REASONS[obj.thumbnail_error], {}) if obj.thumbnail_error else "",
            "uses": [(say(kind.title, {}), use, kind.url(use.subject_id)) for kind, use in uses_of(obj)],
            "lookalikes": [card(one) for one in near(obj.dhash, without=obj.pk)],
        }

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Take in several files; each is judged by itself, and all that is wrong with it is said at once."""
        actor = actor_of(request)
        if not actor.can("catalog.add_mediaasset"):
            raise PermissionDenied
        form, outcomes = UploadForm(posted(request)), []
        if request.method == "POST" and form.is_valid():
            files = request.FILES.getlist("files")
            if not files:
                form.add_error(None, _("Choose at least one file."))
            elif len(files) > MAX_FILES:
                form.add_error(None, gettext("At most %(limit)s files at once.") % {"limit": MAX_FILES})
            else:
                outcomes = [_take(file, form, actor) for file in files]
        taken = any(one.asset for one in outcomes)
        context = self.admin_site.each_context(request) | {
            "title": _("Upload images"),
            "form": form,
            "outcomes": outcomes,
            "accept": ACCEPT,
            "limits": limits(),
            "max_files": MAX_FILES,
            "opts": self.opts,
        }
        refused = request.method == "POST" and not taken
        return TemplateResponse(request, "catalog/media/upload.html", context, status=422 if refused else 200)


def card(asset: MediaAsset) -> dict[str, Any]:
    """An image as the grid shows it."""
    small = asset.thumbnails == "ready"
    picture = thumbnail_path(asset.sha256, 480) if small else ""
    return {"asset": asset, "picture": picture}


def _take(file: Any, form: UploadForm, actor: Actor) -> Outcome:
    outcome = Outcome(file.name)
    data = file.read(limits().megabytes * MILLION + 1)
    try:
        kept = assets.upload(
            upload=Upload(file.name, data, tags=form.cleaned_data["tags"]),
            standard_id=form.cleaned_data["standard"],
            actor=actor,
            now=clock.now(),
        )
    except DomainError as refusal:
        told = [(str(issue.extra.get("severity", "error")), say(issue.message, issue.params)) for issue in refusal.issues]
        outcome.remarks = told or [("error", say(refusal.message_id, refusal.params))]
    else:
        outcome.asset = kept.asset
        outcome.remarks = [(one.severity, say(one.message, one.params)) for one in kept.warnings]
    return outcome
