"""The types of REST fields: strict, with one meaning each."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from annotated_types import GroupedMetadata
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from opsdesk.common.text import mark

_MONEY = re.compile(r"-?\d{1,10}(\.\d{1,2})?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class Input(BaseModel):
    """What a call accepts: nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Output(BaseModel):
    """What a call answers."""

    model_config = ConfigDict(frozen=True)


def _money(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _MONEY.fullmatch(value):
        raise PydanticCustomError("invalid_amount", mark("An amount is a string with at most two decimals."))
    return Decimal(value)


def _instant(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"[\d:T .-]+", value, re.ASCII):
        raise PydanticCustomError("timezone_required", mark("A time needs its offset, such as +08:00."))
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise PydanticCustomError("invalid_time", mark("A time is written as in RFC 3339, with an offset."))
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError:
        raise PydanticCustomError("invalid_time", mark("There is no such day or time.")) from None


def _clean(value: str) -> str:
    return unicodedata.normalize("NFC", value).strip()


def _one_line(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise PydanticCustomError("invalid_characters", mark("It must be one line."))
    return value


def _not_blank(value: str) -> str:
    if not value:
        raise PydanticCustomError("blank", mark("It must not be empty."))
    return value


def _fits(limit: int) -> AfterValidator:
    def check(value: str) -> str:
        if len(value) > limit:
            raise PydanticCustomError("text_too_long", mark("At most %(limit)s characters."), {"limit": limit})
        return value

    return AfterValidator(check)


@dataclass(frozen=True)
class Line(GroupedMetadata):
    """A text of one line with at most `limit` characters, after NFC and trimming: ``Annotated[str, Line(60)]``."""

    limit: int
    blank: bool = False

    def __iter__(self) -> Iterator[object]:
        yield from (AfterValidator(_clean), AfterValidator(_one_line), _fits(self.limit))
        yield Field(json_schema_extra={"maxLength": self.limit})
        if not self.blank:
            yield AfterValidator(_not_blank)
            yield Field(json_schema_extra={"minLength": 1})


@dataclass(frozen=True)
class Paragraph(GroupedMetadata):
    """A text of several lines, possibly empty."""

    limit: int

    def __iter__(self) -> Iterator[object]:
        yield from (AfterValidator(_clean), _fits(self.limit), Field(json_schema_extra={"maxLength": self.limit}))


Money = Annotated[
    Decimal,
    BeforeValidator(_money),
    PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,10}(\.\d{1,2})?$", "examples": ["99.00"]}),
]
Amount = Annotated[Money, Field(ge=0)]
Quantity = Annotated[int, Field(ge=1, le=1_000_000)]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-06-11T08:59:07+08:00"]}),
]
