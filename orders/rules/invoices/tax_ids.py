"""The tax ids of companies: 18 characters with a check character (GB 32100-2015), or the older 15 digits. Pure. SOP: O7"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V and Z
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LENGTH, _OLD_LENGTH = 18, 15


def plain(text: str) -> str:
    """As it is kept: capitals, no spaces or hyphens."""
    return "".join(text.split()).replace("-", "").upper()


def check_character(body: str) -> str:
    """The last character that belongs to the first 17."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def is_valid(tax_id: str) -> bool:
    """True for a unified social credit code whose check character fits, or a tax id of 15 digits. SOP: O7"""
    if len(tax_id) == _OLD_LENGTH:
        return tax_id.isascii() and tax_id.isdigit()
    if len(tax_id) != _LENGTH or any(sign not in ALPHABET for sign in tax_id):
        return False
    return check_character(tax_id[:-1]) == tax_id[-1]
