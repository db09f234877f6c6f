"""What the page of a survey shows to whoever holds its link: nothing of the customer."""

from dataclasses import dataclass
from datetime import datetime

from opsdesk.common.errors import NotFound
from support.enums.surveys import SurveyState
from support.models import Survey


@dataclass(frozen=True)
class Asked:
    """The question and whose it is; an empty one is about the service."""

    shop: str
    question: str
    answered: bool
    expires_at: datetime

    def is_over(self, now: datetime) -> bool:
        """True when it is too late to answer."""
        return now >= self.expires_at


def asked(public_id: str) -> Asked:
    """The survey of this public id. Raises: NotFound."""
    row = Survey.objects.filter(public_id=public_id).select_related("shop", "wave__plan").first()
    if row is None:
        raise NotFound()
    question = row.wave.plan.question if row.wave else ""
    return Asked(row.shop.name, question, row.state != SurveyState.SENT, row.expires_at)
