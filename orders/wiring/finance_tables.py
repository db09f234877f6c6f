"""The imports of the finance desk: the platform's statement, and the references of paid refunds."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Amount, Line, Money
from opsdesk.doors.cells import Day, RowInput, reader
from opsdesk.imports.definitions import Column, Importer
from orders.services.finance.paying import PERMISSION as PAY
from orders.services.finance.paying import Payment, import_payments
from orders.services.finance.statements import Stated, import_statement


class StatementCells(RowInput):
    order: Annotated[str, Line(100)]
    amount: Money
    day: Day
    fee: Money = Decimal("0.00")
    subsidy: Amount | None = None


class PaymentCells(RowInput):
    refund: Annotated[str, Line(40)]
    reference: Annotated[str, Line(100)]
    amount: Amount | None = None


_statement, _payment = reader(StatementCells), reader(PaymentCells)


def _read_statement(cells: Mapping[str, str]) -> Stated:
    found = _statement(cells)
    day: date = found.day
    return Stated(found.order, found.amount, day, found.fee, found.subsidy)


def _read_payment(cells: Mapping[str, str]) -> Payment:
    found = _payment(cells)
    return Payment(found.refund, found.reference, found.amount)


STATEMENT = Importer(
    code="orders.platform_statement",
    title=mark("The platform's statement"),
    permission="orders.check_settlementbatch",
    columns=(
        Column(
            "order", mark("Platform number"), "TM20260611-1", ("订单号", "订单编号", "主订单编号", "交易订单号"), required=True
        ),
        Column("amount", mark("Amount received"), "198.00", ("收入金额", "入账金额", "结算金额", "实收金额"), required=True),
        Column("day", mark("Day"), "2026-06-12", ("入账时间", "结算时间", "结算日期", "日期"), required=True),
        Column("fee", mark("Fee"), "1.19", ("手续费", "服务费", "平台服务费", "技术服务费")),
        Column("subsidy", mark("Discount borne by the platform"), "", ("平台补贴", "平台优惠", "平台承担优惠")),
    ),
    parse=_read_statement,
    run=import_statement,
    sop="O15",
    key=("order",),
    by_shop=True,
)
PAYMENTS = Importer(
    code="orders.refund_payments",
    title=mark("References of paid refunds"),
    permission=PAY,
    columns=(
        Column("refund", mark("Refund"), "ref_01JXK3M7", ("退款编号", "退款单号"), required=True),
        Column(
            "reference",
            mark("Payment reference"),
            "20260612110070001",
            ("付款流水号", "银行流水号", "交易流水号"),
            required=True,
        ),
        Column("amount", mark("Amount"), "98.00", ("退款金额", "金额")),
    ),
    parse=_read_payment,
    run=import_payments,
    sop="O15",
    key=("refund",),
)
IMPORTERS = (STATEMENT, PAYMENTS)
