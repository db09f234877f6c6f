"""Images for storefronts and for the back-office: by hash, never changing, nothing but what was encoded by us."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalog.enums.media import AssetState, ThumbnailState
from catalog.models import MediaAsset
from catalog.queries.media.library import by_sha
from catalog.rules.media.wording import path_of, thumbnail_path
from catalog.services.media import files

YEAR = 31_536_000  # seconds
_READERS = "catalog.view_mediaasset"


@require_safe
def image(request: HttpRequest, sha: str, name: str) -> HttpResponseBase:
    """One image or thumbnail. Images that were put aside are shown to staff only. SOP: C6"""
    asset = by_sha(sha)
    if asset is None or not _may_see(request, asset):
        raise Http404
    etag = f'"{sha[:32]}-{name}"'
    if request.headers.get("If-None-Match") == etag:
        return _cached(HttpResponseNotModified(), asset, etag)
    stored, kind = _stored(asset, name)
    try:
        file = files.opened(stored)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(file, content_type=f"image/{kind}")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _cached(response, asset, etag)


def _may_see(request: HttpRequest, asset: MediaAsset) -> bool:
    return asset.state == AssetState.ACTIVE or request.user.has_perm(_READERS)


def _stored(asset: MediaAsset, name: str) -> tuple[str, str]:
    """The file behind a public name, with its type. Raises: Http404."""
    if name == path_of(asset.sha256, asset.format).rpartition("/")[2]:
        return asset.file, asset.format
    for size in files.THUMBNAIL_SIZES:
        if name == thumbnail_path(asset.sha256, size).rpartition("/")[2] and asset.thumbnails == ThumbnailState.READY:
            return files.thumbnail_name(asset.file, size), "webp"
    raise Http404


def _cached(response: HttpResponse | FileResponse, asset: MediaAsset, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    if asset.state == AssetState.ACTIVE:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
