"""What customers answer to a survey, and its states."""

import re

from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.surveys import SurveyState as S

BEST = 5
_STARS = re.compile(r"\s*([1-5１-５])\s*(?:星|分|stars?)?\s*[。.!！]?\s*", re.IGNORECASE)
SURVEY_LIFECYCLE = Lifecycle(Transition("follow_up", {S.FOLLOW_UP}, S.DONE, permission="support.follow_survey", sop="S11"))


def stars_of(text: str) -> int | None:
    """The stars that a message of nothing else gives.

    >>> stars_of("5星"), stars_of("3"), stars_of("5 days late"), stars_of("6")
    (5, 3, None, None)
    """
    found = _STARS.fullmatch(text)
    return int(found[1]) if found else None


def state_after(stars: int, low: int) -> S:
    """Somebody talks with who gives few stars. SOP: S11"""
    return S.FOLLOW_UP if stars <= low else S.ANSWERED
