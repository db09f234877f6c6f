"""Which characters a text may hold: what every database, every screen and every label can take."""

import unicodedata

_ALLOWED_CONTROLS = frozenset("\n\t")
_JOINER = "\u200d"  # inside emoji


def is_plain(text: str) -> bool:
    """True without control and format characters and lone surrogates; line ends, tabs and joined emoji are fine."""
    if text.isascii() and text.isprintable():
        return True
    return all(
        character in _ALLOWED_CONTROLS or character == _JOINER or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
        for character in text
    )
