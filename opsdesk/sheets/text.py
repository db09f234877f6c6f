"""Which encoding a text file is in."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from opsdesk.sheets.errors import UnknownEncoding

UTF8, UTF8_BOM, UTF16, GB18030 = "utf-8", "utf-8-sig", "utf-16", "gb18030"
_BLOCK = 1 << 16  # bytes
_WIDE_BOM = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)  # begins like UTF-16, is not read
# GB18030 gives almost any bytes a character; those that no text has betray that it is something else
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")


def encoding_of(file: BinaryIO) -> str:
    """The encoding of the whole file: UTF-8 with or without mark, UTF-16 with mark, or GB18030 (which includes GBK).

    Raises: UnknownEncoding.
    """
    file.seek(0)
    start = file.read(4)
    if start.startswith(_WIDE_BOM):
        raise UnknownEncoding()
    if start.startswith(codecs.BOM_UTF8):
        candidates = [UTF8_BOM]
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = [UTF16]
    else:
        candidates = [UTF8, GB18030]
    for candidate in candidates:
        if _decodes(file, candidate):
            return candidate
    raise UnknownEncoding()


def _decodes(file: BinaryIO, encoding: str) -> bool:
    suspect = _NOT_TEXT if encoding == GB18030 else re.compile("\x00")
    try:
        return not any(suspect.search(text) for text in _texts(file, encoding))
    except UnicodeError:
        return False
    finally:
        file.seek(0)


def _texts(file: BinaryIO, encoding: str) -> Iterator[str]:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    while block := file.read(_BLOCK):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)
