"""POST surveys/{token}/: a customer's answer. Whoever holds the signed link may answer, once."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from opsdesk.common.actors import Actor
from opsdesk.doors.api.fields import Input, Output, Paragraph
from opsdesk.doors.api.views import PublicCommandView
from support.rules.surveys.answers import BEST
from support.services.surveys.answering import answer


class SurveyInput(Input):
    """How content the customer is: 1 (not at all) to 5 (very) stars."""

    stars: Annotated[int, Field(ge=1, le=BEST)]
    comment: Annotated[str, Paragraph(1000)] = ""


class SurveyOutput(Output):
    id: str
    stars: int
    comment: str
    answered_at: datetime


class SurveyAnswer(PublicCommandView):
    """Answering a survey. The token of its link is the only key."""

    accepts, returns, success = SurveyInput, SurveyOutput, 201

    def execute(self, data: SurveyInput, *, actor: Actor, now: datetime) -> Any:
        survey = answer(token=self.kwargs["token"], stars=data.stars, comment=data.comment, now=now)
        return SurveyOutput(id=survey.public_id, stars=data.stars, comment=survey.comment, answered_at=now)
