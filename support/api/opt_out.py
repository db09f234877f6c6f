"""The page on which a customer says that they want no more broadcasts, without signing in."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from opsdesk.common import clock
from opsdesk.common.errors import NotFound
from support.services.care.profiles import opt_out, opted


@csrf_exempt  # the signed link is the only authority here: there is no session that another page could use
@require_http_methods(["GET", "HEAD", "POST"])
def opt_out_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, so that no program that only follows links opts anybody out; then do it. SOP: S17"""
    try:
        opted(token)
        if request.method == "POST":
            with transaction.atomic():
                opt_out(token=token, now=clock.now())
    except NotFound:
        return TemplateResponse(request, "support/care/opt_out.html", {"unknown": True}, status=404)
    return TemplateResponse(request, "support/care/opt_out.html", {"done": request.method == "POST"})
