"""Whom a periodic survey asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from opsdesk.parameters.queries import value
from orders.queries.links import recent_buyers
from support.models import Survey, SurveyPlan
from support.parameters.surveys import SURVEY_MOST, SURVEY_REST


def to_ask(plan: SurveyPlan, now: datetime) -> Sequence[Any]:
    """The buyers of the plan's days who were not asked lately, the newest first, and not more than may be. SOP: S11"""
    since = now - timedelta(days=plan.bought_within_days)
    rows = recent_buyers(since=since, shop_id=plan.shop_id, product_id=plan.product_id)
    lately = Survey.objects.filter(customer=OuterRef("pk"), sent_at__gt=now - value(SURVEY_REST))
    return list(rows.exclude(Exists(lately))[: value(SURVEY_MOST)])
