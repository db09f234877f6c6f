"""From raw JSON to an input model, or to all that is wrong with it at once."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from opsdesk.common.errors import Issue, Malformed
from opsdesk.common.text import mark

M = TypeVar("M", bound=BaseModel)

# pydantic's error types in our words; the rest is "invalid"
_KNOWN: dict[str, tuple[str, str]] = {
    "missing": ("required", mark("This field is required.")),
    "extra_forbidden": ("unknown_field", mark("There is no such field.")),
    "string_type": ("invalid_type", mark("It must be a string.")),
    "int_type": ("invalid_number", mark("It must be a whole number.")),
    "int_from_float": ("invalid_number", mark("It must be a whole number.")),
    "bool_type": ("invalid_type", mark("It must be true or false.")),
    "list_type": ("invalid_type", mark("It must be a list.")),
    "tuple_type": ("invalid_type", mark("It must be a list.")),
    "dict_type": ("invalid_type", mark("It must be an object.")),
    "model_type": ("invalid_type", mark("It must be an object.")),
    "enum": ("invalid_choice", mark("It must be one of: %(expected)s")),
    "literal_error": ("invalid_choice", mark("It must be one of: %(expected)s")),
    "greater_than_equal": ("out_of_range", mark("It must be at least %(ge)s.")),
    "greater_than": ("out_of_range", mark("It must be more than %(gt)s.")),
    "less_than_equal": ("out_of_range", mark("It must be at most %(le)s.")),
    "too_long": ("too_many_items", mark("At most %(max_length)s entries.")),
    "too_short": ("empty", mark("At least one entry is needed.")),
    "string_pattern_mismatch": ("invalid", mark("It does not have the right form.")),
}


# raised by our own field types (fields.py), message ids already
OUR_TYPES = frozenset(
    {
        "invalid_amount",
        "timezone_required",
        "invalid_time",
        "invalid_characters",
        "blank",
        "text_too_long",
        "invalid_phone",
    }
)


def read(model: type[M], data: Any, prefix: str = "") -> M:
    """The input as the model. Raises: Malformed, with every error of every field."""
    try:
        return model.model_validate(data)
    except ValidationError as failure:
        issues = [issue(error, prefix) for error in failure.errors(include_url=False)]
        raise Malformed(mark("The body has errors."), code=issues[0].code, issues=issues) from None


def issue(error: ErrorDetails, prefix: str = "") -> Issue:
    """One error of pydantic as an Issue with a JSON pointer."""
    pointer = prefix + "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in error["loc"])
    params = {key: value for key, value in error.get("ctx", {}).items() if isinstance(value, (str, int, float))}
    if error["type"] in _KNOWN:
        code, message = _KNOWN[error["type"]]
        return Issue(pointer, code, message, params if "%(" in message else {})
    if error["type"] in OUR_TYPES:
        return Issue(pointer, error["type"], error["msg"], params)
    return Issue(pointer, "invalid", mark("The value is not valid."))
