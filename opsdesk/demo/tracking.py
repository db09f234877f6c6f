"""What became of parcels on their way: stopped, damaged, lost, and a source of news that fails."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from opsdesk.common.actors import SYSTEM
from opsdesk.demo.later import CARRIER, Placed, tracking_no
from orders.enums.orders import HoldCode
from orders.enums.tracking import CaseKind, CaseOutcome, FeedSource
from orders.queries.interceptions import open_of
from orders.queries.shipments import keys_of
from orders.services.tracking import carrier_cases, feeds, interceptions, messages
from orders.services.tracking.tracking import Report, record_reports

_HOUR = timedelta(hours=1)
_ASKED, _ANSWERED = 5 * _HOUR, 4 * _HOUR  # ago; the first is longer than the carrier's desk has time for
_REASON = "买家申请退款，请拦截"


def make_tracking(orders: Mapping[str, Sequence[Placed]], *, now: datetime) -> None:
    """Interceptions in every state, cases by hand, a message with an unknown code, and a failing source."""
    _stop(orders["shipped"][:6], now)
    _cases(orders["shipped"][6], orders["delivered"][0], now)
    _hear(orders["shipped"][7], now)


def _stop(orders: Sequence[Placed], now: datetime) -> None:
    overdue, fresh, accepted, refused, coming, back = orders
    for order in (overdue, accepted, refused, coming, back):
        _ask(order, now - _ASKED)
    _ask(fresh, now - _HOUR / 2)
    at = now - _ANSWERED
    for order in (accepted, coming, back):
        interceptions.accept_interception(interception_id=open_of(order.id), answer="已通知网点退回", actor=SYSTEM, now=at)
    interceptions.fail_interception(interception_id=open_of(refused.id), answer="快件已派送，无法拦截", actor=SYSTEM, now=at)
    interceptions.tell_customer(interception_id=open_of(accepted.id), text="包裹已拦截，正在退回", actor=SYSTEM, now=at)
    reports = [Report(CARRIER, tracking_no(order), "returned", now - _HOUR, "退回签收") for order in (coming, back)]
    record_reports(reports=reports, all_or_nothing=True, actor=SYSTEM, now=now - _HOUR)
    interceptions.receive_interception(interception_id=open_of(back.id), condition="外包装完好，未拆封", actor=SYSTEM, now=now)


def _ask(order: Placed, at: datetime) -> None:
    interceptions.intercept_order(order_id=order.id, code=HoldCode.OTHER, reason=_REASON, actor=SYSTEM, now=at)


def _cases(lost: Placed, damaged: Placed, now: datetime) -> None:
    at = now - _ASKED
    [shipment_id] = keys_of(lost.id)
    case = carrier_cases.open_case(shipment_id=shipment_id, kind=CaseKind.LOST, note="网点找不到包裹", actor=SYSTEM, now=at)
    promise = now - _HOUR  # broken by now
    carrier_cases.log_contact(
        case_id=case.pk, spoke_with="网点客服", note="今日内查明", promise_due=promise, actor=SYSTEM, now=at
    )
    [shipment_id] = keys_of(damaged.id)
    case = carrier_cases.open_case(shipment_id=shipment_id, kind=CaseKind.DAMAGED, note="外箱破损", actor=SYSTEM, now=at)
    carrier_cases.log_contact(case_id=case.pk, spoke_with="理赔专员", note="同意赔付", actor=SYSTEM, now=at)
    carrier_cases.tell_customer(case_id=case.pk, text="包裹破损，我们将为您处理", actor=SYSTEM, now=at)
    carrier_cases.close_case(case_id=case.pk, outcome=CaseOutcome.DAMAGED, note="快递公司赔付", actor=SYSTEM, now=now)


def _hear(order: Placed, now: datetime) -> None:
    at = f"{(now - _HOUR).astimezone():%Y-%m-%d %H:%M:%S}"
    trace = {"AcceptTime": at, "AcceptStation": "快件等待口岸放行", "Action": "1099", "Location": "深圳"}
    parcel = {"ShipperCode": "SF", "LogisticCode": tracking_no(order), "State": "2", "Traces": [trace]}
    body = json.dumps({"Data": [parcel]}, ensure_ascii=False).encode()
    kept = messages.keep_message(source=FeedSource.KDNIAO, key="demo", body=body, now=now)
    messages.read_message(message_id=kept.pk, actor=SYSTEM, now=now)
    feeds.feed_answered(source=FeedSource.KDNIAO, actor=SYSTEM, now=now)
    feeds.feed_failed(source=FeedSource.KUAIDI100, reason="timeout", now=now - 2 * _HOUR)
    feeds.raise_alarms(now=now)
