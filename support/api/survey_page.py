"""The page on which a customer gives stars, on a telephone, without signing in."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from opsdesk.common import clock
from opsdesk.common.errors import DomainError, NotFound
from opsdesk.doors.words import say
from support.queries.surveys.asking import asked
from support.services.surveys.answering import answer
from support.services.surveys.tokens import survey_named

STARS = ((5, _("Very content")), (4, _("Content")), (3, _("So-so")), (2, _("Not content")), (1, _("Not at all content")))


class AnswerForm(forms.Form):
    stars = forms.TypedChoiceField(choices=STARS, coerce=int)
    comment = forms.CharField(max_length=1000, required=False)


@csrf_exempt  # the signed link is the only authority here: there is no session that another page could use
@require_http_methods(["GET", "HEAD", "POST"])
def survey_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, take the answer, and say thank you. SOP: S11"""
    try:
        survey = asked(survey_named(token))
    except NotFound:
        return _page(request, {"refusal": say(NotFound.message, {})}, status=404)
    if request.user.is_authenticated:
        return _page(request, {"refusal": _("Customers answer here: staff do not rate themselves.")}, status=403)
    form = AnswerForm(request.POST or None)
    if request.method != "POST":
        return _page(request, {"survey": survey, "over": survey.is_over(clock.now())})
    if not form.is_valid():
        return _page(request, {"survey": survey, "wrong": True, "comment": request.POST.get("comment", "")}, status=422)
    try:
        with transaction.atomic():
            answer(token=token, **form.cleaned_data, now=clock.now())
    except DomainError as refusal:
        return _page(request, {"refusal": say(refusal.message_id, refusal.params)}, status=409)
    return _page(request, {"thanks": True})


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    return TemplateResponse(request, "support/surveys/page.html", context | {"choices": STARS}, status=status)
