"""What entries of the trail say, in words."""

import pytest
from django.utils.translation import override

from opsdesk.doors.templatetags.trail import facts
from orders.models import ReturnRequest


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("type", "return_refund", ("类型", "退货退款")),  # as the page's own column names it
        ("status", "completed", ("状态", "已完成")),  # a state is a state, whatever the trail calls it
        ("order", "20261103000980", ("订单", "20261103000980")),
        ("fragile", True, ("易碎", "是")),
        ("fragile", False, ("易碎", "否")),
        ("carrier", None, ("承运商", "–")),
        ("skus", ["A-1", "A-2"], ("SKU", "A-1, A-2")),
        ("lines", [{"sku": "A-1", "quantity": 2}], ("明细", "A-1 2")),
        ("due_by", "2026-11-23T16:30:00.993322+00:00", ("截止时间", "2026-11-24 00:30")),
        ("sha256", "00ee7258d2ad6dd2b4d5e0329c65b14b066cbd0fac9ea0625", ("内容", "00ee7258d2…")),
        ("never_named", "x", ("Never named", "x")),
    ],
)
def test_what_an_entry_says_is_told_in_the_readers_language(name, value, told):
    with override("zh-hans"):
        assert facts({name: value}, ReturnRequest._meta) == [told]


def test_a_page_without_columns_names_what_is_named_for_all():
    with override("en"):
        assert facts({"state": "closed", "order": "1"}, "") == [("State", "closed"), ("Order", "1")]
