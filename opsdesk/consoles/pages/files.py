"""Handing out kept files to those who may have them."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from opsdesk.common.errors import NotFound
from opsdesk.consoles.pages.base import page
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.words import say
from opsdesk.files.errors import StorageUnavailable
from opsdesk.files.kinds import BY_MEDIA_TYPE
from opsdesk.files.queries import file_for, open_file

POLICY = "default-src 'none'; sandbox"  # whatever is in the file, it does nothing in our name


def download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One file, to be saved; an image is shown when the address says ``?inline=1``. Raises: Http404."""
    try:
        file = file_for(public_id, actor_of(request))
        content = open_file(file)
    except NotFound:
        raise Http404 from None
    except StorageUnavailable as refusal:
        return page(request, "opsdesk/refusal.html", status=503, title=say(refusal.message_id, {}))
    kind = BY_MEDIA_TYPE[file.media_type]
    inline = kind.is_image and request.GET.get("inline") == "1"
    response = FileResponse(content, as_attachment=not inline, filename=file.original_name, content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
