"""Labels with a Code 128 barcode, for shelves and lots."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from opsdesk.doors.admin.bars import code128


@dataclass(frozen=True)
class Label:
    """The code in bars and in print, and what stands below it."""

    code: str
    texts: Sequence[str] = ()
    copies: int = 1

    @property
    def bars(self) -> SafeString:
        """The barcode as an SVG image; text that Code 128 cannot hold has none."""
        return code128(self.code)


def labels_page(page: Any, request: HttpRequest, title: Any, labels: Sequence[Label], **context: Any) -> HttpResponse:
    """The labels on paper."""
    answer: HttpResponse = page.sheet_of_paper(request, "catalog/inbound/labels.html", title=title, labels=labels, **context)
    return answer
