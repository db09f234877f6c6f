"""Reading the cells of an import's row: an input model whose fields are filled from texts."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from opsdesk.common.errors import Malformed
from opsdesk.common.text import mark
from opsdesk.doors.api.validation import issue

M = TypeVar("M", bound=BaseModel)
_BETWEEN = re.compile(r"[;；、\n]+")
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_TRUTHS = dict.fromkeys(("true", "yes", "y", "1", "是"), True) | dict.fromkeys(("false", "no", "n", "0", "否"), False)
_PARTS_OF_A_DAY = 3
_CUT = re.compile(r"\.0+$", re.ASCII)


class RowInput(BaseModel):
    """What a row holds. An empty cell is not given: fields that may stay empty have a default.

    Take the types of `opsdesk.doors.api.fields` for texts, amounts and times, and those below for the rest.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def reader(model: type[M]) -> Callable[[Mapping[str, str]], M]:
    """The `parse` of an importer: the filled cells as the model. Raises: Malformed, with every error of every cell."""

    def parse(cells: Mapping[str, str]) -> M:
        try:
            return model.model_validate(dict(cells))
        except ValidationError as failure:
            issues = [issue(error) for error in failure.errors(include_url=False)]
            raise Malformed(mark("The row has errors."), code=issues[0].code, issues=issues) from None

    return parse


def named(choices: type[TextChoices]) -> BeforeValidator:
    """For a cell that names one of the choices, by its code or its label in any language:
    ``Annotated[Severity, named(Severity)]``.
    """

    def read(cell: Any) -> TextChoices:
        found = _names(choices).get(str(cell).casefold())
        if found is None:
            expected = ", ".join(str(option.label) for option in choices)
            raise PydanticCustomError("enum", "choice", {"expected": expected})
        return found

    return BeforeValidator(read)


@cache
def _names(choices: type[TextChoices]) -> dict[str, TextChoices]:
    names: dict[str, TextChoices] = {}
    for code, _ in settings.LANGUAGES:
        with override(code):
            names |= {str(option.label).casefold(): option for option in choices}
    return names | {str(option.value).casefold(): option for option in choices}


def _items(cell: Any) -> Any:
    return [part for part in (part.strip() for part in _BETWEEN.split(cell)) if part] if isinstance(cell, str) else cell


def _whole(cell: Any) -> Any:
    text = _CUT.sub("", cell) if isinstance(cell, str) else ""
    return int(text) if _WHOLE.fullmatch(text) else cell


def _truth(cell: Any) -> Any:
    return _TRUTHS.get(cell.casefold(), cell) if isinstance(cell, str) else cell


def _day(cell: Any) -> Any:
    """ISO days, also with slashes or points, or without anything between."""
    text = str(cell).strip().replace("/", "-").replace(".", "-")
    parts = text.split("-")
    if len(parts) == _PARTS_OF_A_DAY and all(part.isascii() and part.isdecimal() for part in parts):
        text = f"{parts[0]:0>4}-{parts[1]:0>2}-{parts[2]:0>2}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return cell


Items = BeforeValidator(_items)  # Annotated[list[Annotated[str, Line(60)]], Items]: parts between ; or 、 or lines
Whole = Annotated[int, BeforeValidator(_whole)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Day = Annotated[date, BeforeValidator(_day)]
