"""Fingerprints of what a shop sent, so that a repeated number with other content is noticed without keeping a copy."""

from collections.abc import Mapping
from dataclasses import asdict

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.crypto import salted_hmac

from orders.rules.intake.draft import OrderDraft

_ENCODER = DjangoJSONEncoder(sort_keys=True)
_FIELDS = ("placed_at", "currency", "payment", "customer", "address", "lines", "freight", "payable", "coupons", "buyer_note",
           "is_test", "kind")  # fmt: skip
_LENGTH = 16  # hexadecimal digits


def prints(draft: OrderDraft) -> dict[str, str]:
    """A keyed hash of each part of the order, by JSON pointer."""
    parts = asdict(draft)
    (parts["address"] or {}).pop("phone_written", None)  # the same number, written otherwise, is the same order
    return {f"/{name}": salted_hmac("orders.intake", _ENCODER.encode(parts[name])).hexdigest()[:_LENGTH] for name in _FIELDS}


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """The pointers of the parts that differ."""
    return [pointer for pointer in new if old.get(pointer) != new[pointer]]
