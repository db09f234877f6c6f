"""Reading telephone numbers."""

import phonenumbers

from opsdesk.common.text import mark

HOME_REGION = "CN"
NOT_A_PHONE = mark("This is not a phone number.")


def e164(text: str) -> str | None:
    """The number in E.164, empty for an empty text, None when it is no number.

    A number without country code is Chinese; full-width digits are refused.
    """
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    if not text.isascii() or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
