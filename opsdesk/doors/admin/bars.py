"""Barcodes on paper."""

from io import BytesIO

import barcode
from barcode.writer import SVGWriter
from django.utils.safestring import SafeString, mark_safe

_LOOK = {"module_width": 0.3, "write_text": False}


def code128(text: str, *, height: float = 12.0, margin: float = 2.0) -> SafeString:
    """The text in Code 128, as an SVG image; text that it cannot hold has none. Sizes are millimetres."""
    if not text.isascii():
        return mark_safe("")
    out = BytesIO()
    barcode.get("code128", text, writer=SVGWriter()).write(out, {**_LOOK, "module_height": height, "quiet_zone": margin})
    svg = out.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn by the library from ASCII, which it escapes
