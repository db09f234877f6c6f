"""The public page of a survey: five stars on a phone, without a login."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opsdesk.common import clock
from opsdesk.common.errors import DomainError, NotFound
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.words import say
from support.enums.voice import SurveyState
from support.services.voice import surveys

STARS = [(5, _("Very content")), (4, _("Content")), (3, _("So-so")), (2, _("Not content")), (1, _("Not content at all"))]
NOINDEX = "noindex, nofollow"


class StarsForm(CommandForm):
    """One to five stars, and why."""

    stars = forms.TypedChoiceField(coerce=int, choices=STARS, error_messages={"required": _("Choose 1 to 5 stars.")})
    comment = forms.CharField(max_length=2000, required=False, widget=forms.Textarea)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the stars; after the answer, or when the invitation has ended, say so. Who is signed in as staff cannot rate."""
    try:
        survey = surveys.by_token(token)
    except NotFound:
        raise Http404 from None
    staff = request.user.is_authenticated
    context: dict[str, Any] = {"survey": survey, "form": StarsForm(), "choices": STARS, "staff": staff, "status": 200}
    if request.method == "POST":
        context |= {"status": 403} if staff else _answered(request, token)
    is_open = context["survey"].state == SurveyState.SENT and clock.now() < survey.expires_at
    context["open"] = is_open and not staff
    response = TemplateResponse(request, "support/voice/survey.html", context, status=context["status"])
    response["X-Robots-Tag"], response["Referrer-Policy"] = NOINDEX, "same-origin"
    return response


def _answered(request: HttpRequest, token: str) -> dict[str, Any]:
    """What the page shows after the stars were sent."""
    form = StarsForm(request.POST)
    if not form.is_valid():
        return {"form": form, "status": 422}
    try:
        with transaction.atomic():
            survey = surveys.answer(token=token, **form.cleaned_data, now=clock.now())
    except DomainError as refusal:
        return {"form": form, "refusal": say(refusal.message_id, refusal.params), "status": 422}
    return {"survey": survey}
