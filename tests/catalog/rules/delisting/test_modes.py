"""Which rule decides."""

from catalog.enums.delisting import DelistMode
from catalog.rules.delisting.modes import mode_for

RULES = {(3, "quality"): "automatic", (1, "quality"): "off", (1, "expired"): "off"}


def test_the_nearest_rule_decides_and_without_one_a_person_is_asked() -> None:
    assert mode_for([3, 2, 1], "quality", RULES) is DelistMode.AUTOMATIC
    assert mode_for([2, 1], "quality", RULES) is DelistMode.OFF
    assert mode_for([3, 2, 1], "out_of_stock", RULES) is DelistMode.ASK
    assert mode_for([], "quality", RULES) is DelistMode.ASK
