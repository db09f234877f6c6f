"""POST surveys/{token}/: the customer's stars, without credentials: whoever has the link is the customer."""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from pydantic import Field
from rest_framework.permissions import AllowAny

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Input, Output, Paragraph
from opsdesk.doors.api.views import CommandView
from support.services.voice import surveys


class SurveyInput(Input):
    """How content the customer is: 1 to 5 stars, and why."""

    stars: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, Paragraph(2000)] = ""


class SurveyOutput(Output):
    """What was kept."""

    stars: int
    comment: str
    answered_at: datetime


class SurveyAnswer(CommandView):
    """Rate once. The token of the invitation is signed and ends with it: 409 `survey_answered`, `survey_expired`."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    permission = ""
    accepts = SurveyInput
    returns = SurveyOutput
    success = 201
    needs_key = False

    def check_permission(self) -> None:
        """The link is the permission."""

    @property
    def actor(self) -> Actor:
        return surveys.CUSTOMER

    def execute(self, data: SurveyInput, *, actor: Actor, now: datetime) -> SurveyOutput:
        with transaction.atomic():
            survey = surveys.answer(token=self.kwargs["token"], stars=data.stars, comment=data.comment, now=now)
        assert survey.stars
        assert survey.answered_at
        return SurveyOutput(stars=survey.stars, comment=survey.comment, answered_at=survey.answered_at)
