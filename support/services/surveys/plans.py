"""Periodic surveys: to whom, how often, and sending them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from catalog.queries.lookup import product_by_code
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.notifications.services import CustomerTelling, Message, tell_customers
from opsdesk.parameters.queries import value
from opsdesk.shops.queries import visible_to
from support.models import Survey, SurveyPlan, SurveyWave
from support.parameters.surveys import SURVEY_TIME
from support.queries.surveys.people import to_ask
from support.services.surveys import inviting
from support.services.surveys.tokens import link_of

KIND = "survey_plan"
CHANGE = "support.change_surveyplan"
ASK = mark("%(question)s Give 1 to 5 stars: %(link)s")
MOST_DAYS = 400


@dataclass(frozen=True)
class PlanText:
    """What is asked of whom. `product` is a code; without a shop or a product all are meant."""

    title: str
    question: str
    shop_id: int | None
    product: str
    bought_within_days: int
    every_days: int


@transaction.atomic(savepoint=False)
def write_plan(
    *, plan_id: int | None, text: PlanText, next_at: datetime | None, active: bool, actor: Actor, now: datetime
) -> SurveyPlan:
    """Write a periodic survey, or write one anew; without a time it is sent with the next run of the duty.

    Raises: NotFound, Forbidden (all shops, by somebody who does not see them all), Invalid, Conflict (the title is taken).
    SOP: S11
    """
    actor.require(CHANGE)
    row = lock_one(SurveyPlan.objects.filter(pk=plan_id)) if plan_id else SurveyPlan()
    for shop_id in {text.shop_id, row.shop_id} if plan_id else {text.shop_id}:
        if (shop_id is None and actor.shop_ids is not None) or (shop_id and not visible_to(actor).filter(pk=shop_id).exists()):
            raise NotFound()
    product = product_by_code(text.product) if text.product else None
    _check(text, known=bool(product) or not text.product)
    if SurveyPlan.objects.filter(title=text.title).exclude(pk=row.pk).exists():
        raise Conflict(mark("There is a survey of this title already."), code="exists")
    row.title, row.question, row.active = text.title, text.question, active
    row.shop_id, row.product_id = text.shop_id, product.pk if product else None
    row.bought_within_days, row.every_days, row.next_at = text.bought_within_days, text.every_days, next_at or now
    row.save()
    after = {"title": row.title, "question": row.question, "active": active, "every_days": row.every_days}
    record(Change("support.survey_planned", KIND, row.public_id, after=after), actor=actor, now=now)
    return row


def send_due(*, actor: Actor, now: datetime) -> int:
    """Send the periodic surveys whose time has come; returns how many customers were asked. SOP: S11"""
    due, asked = SurveyPlan.objects.filter(active=True, next_at__lte=now), 0
    for key in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            for plan in lock_many(due.filter(pk=key)):
                asked += _send(plan, actor, now)
    return asked


def _send(plan: SurveyPlan, actor: Actor, now: datetime) -> int:
    people = to_ask(plan, now)
    wave = SurveyWave.objects.create(plan=plan, no=plan.waves.count() + 1, sent_at=now, asked=len(people))
    until = now + value(SURVEY_TIME)
    rows = [Survey(shop_id=one.shop_id, wave=wave, customer=one, sent_at=now, expires_at=until) for one in people]
    Survey.objects.bulk_create(rows, batch_size=1000)
    tell_customers((_telling(plan, row) for row in rows), now=now)
    plan.next_at = now + timedelta(days=plan.every_days) if plan.every_days else None
    plan.save(update_fields=["next_at"])
    after = {"no": wave.no, "count": wave.asked}
    record(Change("support.survey_sent", KIND, plan.public_id, after=after), actor=actor, now=now)
    return wave.asked


def _telling(plan: SurveyPlan, row: Survey) -> CustomerTelling:
    params = {"question": plan.question, "link": link_of(row.public_id)}
    message = Message("support.survey", f"survey:{row.public_id}", ASK, inviting.KIND, row.public_id, params)
    buyer = row.customer
    return CustomerTelling(message, buyer.email if buyer else "", buyer.phone if buyer else "", row.shop_id)


def _check(text: PlanText, *, known: bool) -> None:
    issues = []
    if not known:
        issues.append(Issue("/product", "unknown_product", mark("There is no such product.")))
    if not 1 <= text.bought_within_days <= MOST_DAYS:
        message = mark("Between 1 and %(most)s days.")
        issues.append(Issue("/bought_within_days", "out_of_range", message, {"most": MOST_DAYS}))
    if not 0 <= text.every_days <= MOST_DAYS:
        message = mark("Between 0 and %(most)s days.")
        issues.append(Issue("/every_days", "out_of_range", message, {"most": MOST_DAYS}))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues, most=MOST_DAYS)
