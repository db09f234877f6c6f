"""The tickets of an order or a return, on its page. SOP: S2"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from opsdesk.common.actors import Actor
from support.queries.tickets.finding import of_order, of_target


def of_subject(kind: str, subject_id: str, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The tickets, newest first, and the way to the next one."""
    rows = of_order(subject_id, actor) if kind == "order" else of_target(kind, subject_id, actor)
    asked = f"?order={subject_id}" if kind == "order" else ""
    enter = reverse("admin:support_ticket_enter") + asked if actor.can("support.add_ticket") else ""
    return {"tickets": rows, "enter_url": enter}
