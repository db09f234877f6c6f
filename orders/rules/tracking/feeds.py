"""The states of a connection to a source of news. Pure."""

from datetime import datetime
from enum import StrEnum

from opsdesk.common.lifecycle import Lifecycle, Transition


class FeedState(StrEnum):
    """Whether a source speaks."""

    ANSWERS = "answers"
    FAILING = "failing"


FEED_LIFECYCLE = Lifecycle(
    Transition("retry", {FeedState.FAILING}, None, permission="orders.repair_trackingfeed", sop="O14"),
)


def feed_state(failing_since: datetime | None) -> FeedState:
    """Failing from the first failure until the next answer. SOP: O14"""
    return FeedState.FAILING if failing_since else FeedState.ANSWERS
