"""Forms of commands: texts keep to the rules of REST, and lines end as browsers end them."""

from opsdesk.doors.admin.forms import ReasonForm


def test_several_lines_come_from_a_browser_as_several_lines() -> None:
    form = ReasonForm({"reason": "first\r\nsecond"})
    assert form.is_valid()
    assert form.cleaned_data == {"reason": "first\nsecond"}


def test_a_character_that_rest_refuses_is_refused_here() -> None:
    form = ReasonForm({"reason": "x\u202ey"})
    assert form.errors == {"reason": ["It contains a character that is not allowed."]}
