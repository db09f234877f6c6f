"""The exact interval of an error rate, and what it proves."""

import pytest

from catalog.rules.quality.rates import error_rate, fields_needed, interval

# R: binom.test(errors, checked)$conf.int
KNOWN = [(0, 10, 0.0, 0.3084971), (1, 10, 0.002528579, 0.4450161), (5, 10, 0.1870860, 0.8129140), (10, 10, 0.6915029, 1.0)]


@pytest.mark.parametrize(("errors", "checked", "lower", "upper"), KNOWN)
def test_the_interval_is_the_one_of_clopper_and_pearson(errors: int, checked: int, lower: float, upper: float) -> None:
    assert interval(checked=checked, errors=errors) == pytest.approx((lower, upper), abs=1e-6)


@pytest.mark.parametrize(
    ("checked", "errors", "verdict"),
    [
        (0, 0, "not_proven"),
        (3000, 0, "not_proven"),
        (3687, 0, "not_proven"),
        (3688, 0, "proven"),
        (3688, 1, "not_proven"),
        (6000, 1, "proven"),
        (1000, 5, "exceeded"),
        (1000, 4, "exceeded"),
        (1000, 3, "not_proven"),
        (1, 1, "exceeded"),
    ],
)
def test_one_in_a_thousand_is_claimed_only_when_it_is_proven(checked: int, errors: int, verdict: str) -> None:
    found = error_rate(checked=checked, errors=errors, limit=0.001)

    assert (found.checked, found.errors, found.verdict) == (checked, errors, verdict)


def test_the_rate_of_nothing_is_unknown() -> None:
    assert error_rate(checked=0, errors=0, limit=0.001).rate is None
    assert error_rate(checked=1000, errors=2, limit=0.001).rate == 0.002


@pytest.mark.parametrize(("limit", "needed"), [(0.001, 3688), (0.01, 368), (0.5, 6), (1.0, 1)])
def test_so_many_fields_without_an_error_prove_the_limit(limit: float, needed: int) -> None:
    assert fields_needed(limit) == needed
    assert error_rate(checked=needed, errors=0, limit=limit).verdict == "proven"
