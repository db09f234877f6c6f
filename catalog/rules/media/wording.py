"""How images are named, found and addressed. Pure."""

import itertools
import re
import unicodedata
from collections.abc import Iterable

TITLE_LENGTH = 120
_SHA = re.compile(r"/media/([0-9a-f]{64})/[A-Za-z0-9._-]+$")


def title_from(name: str) -> str:
    """A title made of a file's name: no folders, no extension, nothing that does not print."""
    base = re.split(r"[\\/]", name)[-1]
    stem = base.rpartition(".")[0] or base
    shown = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in stem)
    return " ".join(shown.split())[:TITLE_LENGTH]


def grams(*texts: str) -> list[str]:
    """The single letters and pairs of letters by which a text is found, also in languages that write without gaps."""
    found: set[str] = set()
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).casefold()
        found |= {char for char in plain if not char.isspace()}
        found |= {pair for pair in map("".join, itertools.pairwise(plain)) if not any(map(str.isspace, pair))}
    return sorted(found)


def sha_in(address: str) -> str:
    """The hash in the address of an image of ours; empty for other addresses."""
    match = _SHA.search(address)
    return match[1] if match else ""


def shas_in(addresses: Iterable[str]) -> list[str]:
    """The hashes of the images of ours among these addresses, each once, in order."""
    return list(dict.fromkeys(filter(None, map(sha_in, addresses))))


def path_of(sha: str, form: str) -> str:
    """The path under which everybody who knows it gets the image; the hash cannot be guessed."""
    return f"/media/{sha}/image.{'jpg' if form == 'jpeg' else form}"


def thumbnail_path(sha: str, size: int) -> str:
    """The path of a thumbnail."""
    return f"/media/{sha}/{size}.webp"
