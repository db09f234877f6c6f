"""When stock is low."""

import pytest

from catalog.rules.stock import needs_reorder


@pytest.mark.parametrize(("available", "expected"), [(11, False), (10, False), (9, True), (0, True)])
def test_reorder_is_needed_only_below_the_threshold(available: int, expected: bool) -> None:
    assert needs_reorder(available=available, threshold=10) is expected
