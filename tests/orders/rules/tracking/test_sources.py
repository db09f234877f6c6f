"""The languages of kuaidi100 and kdniao."""

import json
from urllib.parse import parse_qs

import pytest

from orders.rules.tracking import kdniao, kuaidi100
from orders.rules.tracking.readings import Unreadable, moment, parse, rows, text


def test_the_question_is_signed_and_shows_four_digits_of_the_phone_to_whom_it_may_concern() -> None:
    def asked(carrier: str, phone: str) -> dict[str, str]:
        form = parse_qs(kuaidi100.question(carrier=carrier, tracking_no="N12345", phone=phone, customer="C", key="K").decode())
        param = form["param"][0]
        assert form["sign"] == [kuaidi100.signature(param, customer="C", key="K")]
        found: dict[str, str] = json.loads(param)
        return found

    assert asked("sf", "+8613800001234") == {"com": "shunfeng", "num": "N12345", "resultv2": "4", "phone": "1234"}
    assert asked("zto", "") == {"com": "zhongtong", "num": "N12345", "resultv2": "4"}
    assert asked("yto", "+8613800001234") == {"com": "yuantong", "num": "N12345", "resultv2": "4"}


def test_the_signatures_are_the_protocols_own() -> None:
    assert kuaidi100.signature("abc", customer="", key="") == "900150983CD24FB0D6963F7D28E17F72"
    assert kdniao.signature("abc", key="") == "OTAwMTUwOTgzY2QyNGZiMGQ2OTYzZjdkMjhlMTdmNzI="
    assert kdniao.is_signed("abc", kdniao.signature("abc", key="k"), key="k")
    assert not kdniao.is_signed("abc", "ä", key="k")


def test_rows_without_codes_were_on_the_way_and_the_newest_is_where_it_stands() -> None:
    data = [{"time": "2026-06-11 09:00:00"}, {"ftime": "2026-06-11 08:00:00"}, {"time": "?"}, 7]
    body = json.dumps({"status": "200", "state": "3", "data": data}).encode()

    found = kuaidi100.read(body, carrier="sf", tracking_no="N1")

    assert [(one.code, one.raw_code) for one in found.readings] == [("delivered", "3"), ("in_transit", "0")]
    assert found.skipped == 1
    traces = [{"AcceptTime": "2026-06-11 09:00:00"}, {"AcceptTime": "2026-06-11 08:00:00"}]
    [parcel] = kdniao.read(
        json.dumps({"Data": [{"State": 4, "ShipperCode": "YD", "LogisticCode": "N1", "Traces": traces}]}).encode()
    )
    assert (parcel.carrier, parcel.tracking_no) == ("yunda", "N1")
    assert [one.code for one in parcel.readings] == ["exception", "in_transit"]


@pytest.mark.parametrize(("code", "whole"), [("400", False), ("408", False), ("501", True), ("601", True)])
def test_a_refusal_concerns_one_parcel_or_all(code: str, whole: bool) -> None:
    with pytest.raises(kuaidi100.Refused) as refusal:
        kuaidi100.read(json.dumps({"returnCode": code, "message": "no"}).encode(), carrier="sf", tracking_no="N1")

    assert (refusal.value.reason, refusal.value.whole) == (f"{code} no", whole)


def test_a_parcel_that_the_carrier_does_not_know_yet_has_no_news() -> None:
    assert kuaidi100.read(b'{"result": false, "returnCode": "500"}', carrier="sf", tracking_no="N1").readings == ()


@pytest.mark.parametrize("body", [b"\xff", b"{", b"[]", b"{}", b'{"status": "200", "data": 7}', b"[" * 100_000])
def test_what_is_no_answer_is_told_apart(body: bytes) -> None:
    with pytest.raises(Unreadable):
        kuaidi100.read(body, carrier="sf", tracking_no="N1")


def test_small_things_are_read_forgivingly() -> None:
    values: tuple[object, ...] = ("a\x00b\nc", 7, True, None, {}, "123456")
    assert [text(value, 5) for value in values] == ["abc", "7", "", "", "", "12345"]
    assert (moment("yesterday"), moment(None), moment("0001-01-01 00:00:00")) == (None, None, None)
    assert (rows({}, "x"), rows({"x": [1, {}]}, "x")) == ([], [{}])
    assert parse(b'{"a": 1}') == {"a": 1}


def test_every_carrier_of_ours_can_be_asked_after_and_pushed() -> None:
    assert set(kuaidi100.COMPANIES) == set(kdniao.COMPANIES.values())
