"""Reading JSON without mercy: no doubled keys, no NaN, no bottomless nesting, no characters that a database refuses."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from opsdesk.common import errors
from opsdesk.common.characters import is_plain
from opsdesk.common.errors import Issue, Malformed
from opsdesk.common.text import mark

MAX_DEPTH = 20
DEFAULT_LIMIT = 1_000_000  # bytes
BULK_LIMIT = 10_000_000  # bytes
MAX_DIGITS = 30  # of a JSON number


class TooLarge(errors.TooLarge):
    """The body is larger than the call allows."""

    code = "body_too_large"
    message = mark("The body is larger than %(limit)s bytes.")


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        view = (parser_context or {}).get("view")
        limit = getattr(view, "body_limit", DEFAULT_LIMIT)
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(limit=limit)
        return loads(raw)


def loads(raw: bytes) -> Any:
    """The value that the bytes stand for. Raises: Malformed."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_no_doubles,
            parse_constant=_no_constant,
            parse_int=_bounded_int,
            parse_float=_bounded_float,
        )
    except Malformed:
        raise
    except RecursionError:
        raise _too_deep() from None
    except (ValueError, UnicodeDecodeError):
        raise Malformed(mark("The body is not valid JSON in UTF-8."), code="malformed_json") from None
    _walk(value, "", 1)
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise Malformed(mark("The key %(key)s stands twice in one object."), code="duplicate_key", key=doubled[:100])
    return found


def _no_constant(name: str) -> float:
    raise Malformed(mark("%(number)s is not a number that can be stored."), code="invalid_number", number=name)


def _bounded_int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Malformed(
            mark("%(number)s is not a number that can be stored."), code="invalid_number", number=digits[:20] + "..."
        )
    return int(digits)


def _bounded_float(digits: str) -> float:
    number = float(digits)
    if len(digits) > MAX_DIGITS or number in (float("inf"), float("-inf")):
        raise Malformed(mark("%(number)s is not a number that can be stored."), code="invalid_number", number=digits[:20])
    return number


def _too_deep() -> Malformed:
    return Malformed(mark("The body is nested deeper than %(depth)s levels."), code="too_deep", depth=MAX_DEPTH)


def _walk(value: Any, pointer: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, str):
        check_text(value, pointer)
    elif isinstance(value, dict):
        for name, part in value.items():
            check_text(name, pointer)
            _walk(part, f"{pointer}/{name}", depth + 1)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            _walk(part, f"{pointer}/{index}", depth + 1)


def check_text(text: str, pointer: str) -> None:
    """Raises: Malformed, for control and format characters and lone surrogates."""
    if not is_plain(text):
        issue = Issue(pointer, "invalid_characters", mark("It contains a character that is not allowed."))
        raise Malformed(issue.message, code="invalid_characters", issues=[issue])
