"""Reading telephone numbers."""

import unicodedata

import phonenumbers

from opsdesk.common.text import mark

HOME_REGION = "CN"
NOT_A_PHONE = mark("This is not a phone number.")
_TRUNK = "0086"  # how the home country is dialled from a telephone that knows no plus


def e164(text: str) -> str | None:
    """The number in E.164, empty for an empty text, None when it is no number.

    A number without country code is Chinese. Full-width digits, spaces, hyphens and the prefixes +86 and 0086 are read
    as what they mean.
    SOP: O2
    """
    if not text:
        return ""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.startswith(_TRUNK):
        plain = "+86" + plain.removeprefix(_TRUNK)
    try:
        number = phonenumbers.parse(plain, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    if not plain.isascii() or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
