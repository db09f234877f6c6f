"""What platforms wrap, hide and leave out."""

from datetime import datetime
from decimal import Decimal

import pytest

from opsdesk.common.errors import Malformed
from orders.rules.platforms import cells
from orders.rules.platforms.cells import CHINA
from orders.rules.platforms.places import split


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="1930679858170647"', "1930679858170647"),
        ("\t6917000000000000001", "6917000000000000001"),
        ("'13800000000", "13800000000"),
        ("‘13800000000", "13800000000"),
        (" 王小明 ", "王小明"),
        ("-", ""),
        ("null", ""),
        ('="-"', ""),
        ("1930679858170647", "1930679858170647"),
        ("E1", "E1"),
    ],
)
def test_the_text_is_what_the_platform_meant(cell: str, text: str) -> None:
    assert cells.clean(cell) == text


@pytest.mark.parametrize("cell", ["1.93E+15", "1.93e15", "'1.93E+15", '="2E+10"', "\t6.917E+18"])
def test_a_shortened_number_is_refused(cell: str) -> None:
    with pytest.raises(Malformed) as refusal:
        cells.clean(cell)
    assert refusal.value.error_code == "numeric_cell_precision"


@pytest.mark.parametrize("text", ["##密文", "$$密文", "138****0000", "王*", "科技园路＊号"])
def test_what_is_hidden_is_not_taken_for_what_it_stands_for(text: str) -> None:
    assert (cells.is_hidden(text), cells.shown(text)) == (True, "")


def test_what_is_shown_stays() -> None:
    assert cells.shown("科技园路1号#2") == "科技园路1号#2"


@pytest.mark.parametrize(
    ("text", "amount"), [("12.5元", "12.50"), ("¥1,299", "1299.00"), ("0", "0.00"), ("１２.５０", "12.50"), ("7.000", "7.00")]
)
def test_amounts(text: str, amount: str) -> None:
    assert cells.amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["-1", "1.005", "abc", "1.2.3", "99999999999", "元"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(Malformed):
        cells.amount(text)


@pytest.mark.parametrize(("text", "pieces"), [("1", 1), ("3.0", 3), ("999999", 999999)])
def test_pieces(text: str, pieces: int) -> None:
    assert cells.count(text) == pieces


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "两", "1000000"])
def test_what_is_no_number_of_pieces(text: str) -> None:
    with pytest.raises(Malformed):
        cells.count(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016/5/23 22:02", datetime(2016, 5, 23, 22, 2, tzinfo=CHINA)),
        ("2026-06-11 08:30:05", datetime(2026, 6, 11, 8, 30, 5, tzinfo=CHINA)),
        ("2026-06-11T08:30:05.123", datetime(2026, 6, 11, 8, 30, 5, tzinfo=CHINA)),
        ("2026.6.11", datetime(2026, 6, 11, tzinfo=CHINA)),
    ],
)
def test_times_are_those_of_china(text: str, moment: datetime) -> None:
    assert cells.moment(text) == moment


@pytest.mark.parametrize("text", ["2026-02-30", "11/6/2026", "46183.5", "yesterday"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(Malformed):
        cells.moment(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13800000000", ("13800000000", "")),
        ("18400000000-1234", ("18400000000", "1234")),
        ("18400000000转56", ("18400000000", "56")),
        ("0755-12345678", ("0755-12345678", "")),
        ("", ("", "")),
    ],
)
def test_a_stand_in_number_has_an_extension(text: str, found: tuple[str, str]) -> None:
    assert cells.telephone(text) == found


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("广东省 深圳市 南山区 科技园路1号(518000)", ("广东省", "深圳市", "南山区", "科技园路1号", "518000")),
        ("广东深圳市南山区科技园路1号", ("广东省", "深圳市", "南山区", "科技园路1号", "")),
        ("上海市市辖区浦东新区世纪大道8号(000000)", ("上海市", "上海市", "浦东新区", "世纪大道8号", "")),
        ("上海 上海市 浦东新区 世纪大道8号", ("上海市", "上海市", "浦东新区", "世纪大道8号", "")),
        ("北京朝阳区建国路1号", ("北京市", "北京市", "朝阳区", "建国路1号", "")),
        ("北京朝阳区好市多路1号", ("北京市", "北京市", "朝阳区", "好市多路1号", "")),
        ("内蒙古自治区呼伦贝尔市额尔古纳市中央街1号", ("内蒙古自治区", "呼伦贝尔市", "额尔古纳市", "中央街1号", "")),
        ("新疆 伊犁哈萨克自治州 伊宁县 解放路1号", ("新疆维吾尔自治区", "伊犁哈萨克自治州", "伊宁县", "解放路1号", "")),
        ("科技园路1号", ("", "", "", "科技园路1号", "")),
        ("广东省", ("广东省", "", "", "", "")),
        ("广东省 深圳市 南山区 ****", ("广东省", "深圳市", "南山区", "", "")),
        ("##密文", ("", "", "", "", "")),
    ],
)
def test_an_address_in_one_line_is_taken_apart(address: str, parts: tuple[str, ...]) -> None:
    assert tuple(split(address).values()) == parts
