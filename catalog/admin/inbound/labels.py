"""Labels with a Code 128 barcode, for shelves and lots."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import barcode
from barcode.writer import SVGWriter
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

_LOOK = {"module_height": 12.0, "module_width": 0.3, "quiet_zone": 2.0, "write_text": False}


@dataclass(frozen=True)
class Label:
    """The code in bars and in print, and what stands below it."""

    code: str
    texts: Sequence[str] = ()
    copies: int = 1

    @property
    def bars(self) -> SafeString:
        """The barcode as an SVG image; text that Code 128 cannot hold has none."""
        if not self.code.isascii():
            return mark_safe("")
        out = BytesIO()
        barcode.get("code128", self.code, writer=SVGWriter()).write(out, dict(_LOOK))
        svg = out.getvalue().decode()
        return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn by the library from ASCII, which it escapes


def labels_page(page: Any, request: HttpRequest, title: Any, labels: Sequence[Label], **context: Any) -> HttpResponse:
    """The labels on paper."""
    answer: HttpResponse = page.sheet_of_paper(request, "catalog/inbound/labels.html", title=title, labels=labels, **context)
    return answer
