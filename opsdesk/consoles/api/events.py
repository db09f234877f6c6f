"""GET events/: the feed that integrations follow from where they stopped."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from rest_framework.request import Request
from rest_framework.response import Response

from opsdesk.common.errors import Issue, Malformed
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Output
from opsdesk.doors.api.pagination import BY_CHANGE, encode, limit_of, position, start_after
from opsdesk.doors.api.views import ApiView, settled
from opsdesk.webhooks.models import Event


class EventOutput(Output):
    """One event. `sequence` counts the events of one subject."""

    id: str
    type: str
    occurred_at: datetime
    shop: str | None
    subject_id: str
    sequence: int
    data: dict[str, Any]


class EventFeedOutput(Output):
    """The events after the cursor; `cursor` is where to go on, also when there is nothing yet."""

    results: list[EventOutput]
    cursor: str | None


class EventFeed(ApiView):
    """Events in the order in which they became visible; what commits late is never skipped."""

    permission = "webhooks.view_event"
    returns = EventFeedOutput

    def get(self, request: Request) -> Response:
        if unknown := sorted(set(request.query_params) - {"after", "limit"}):
            issues = [Issue(f"?{name}", "invalid_parameter", mark("There is no such filter.")) for name in unknown]
            raise Malformed(mark("The query has errors."), code="invalid_parameter", issues=issues)
        after = request.query_params.get("after")
        events = settled(Event.objects.select_related("shop").order_by("xid", "id"))
        if self.actor.shop_ids is not None:
            events = events.filter(Q(shop=None) | Q(shop__in=self.actor.shop_ids))
        if after:
            events = start_after(events, BY_CHANGE, position(after, BY_CHANGE))
        found = list(events[: limit_of(request)])
        cursor = encode(found[-1], BY_CHANGE) if found else after
        return Response(EventFeedOutput(results=[_output(event) for event in found], cursor=cursor).model_dump(mode="json"))


def _output(event: Event) -> EventOutput:
    return EventOutput(
        id=event.public_id,
        type=event.type,
        occurred_at=event.occurred_at,
        shop=event.shop.code if event.shop else None,
        subject_id=event.subject_id,
        sequence=event.sequence,
        data=event.data,
    )
