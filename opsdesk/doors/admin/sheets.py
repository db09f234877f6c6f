"""Handing tables out as xlsx or csv."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from opsdesk.sheets.writing import write_csv, write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("xlsx", "csv")


def sheet_response(name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]], format: str) -> HttpResponseBase:
    """A table to download; `name` is the file's name without its ending. Numbers and dates stay what they are, texts stay
    texts. Rows may be a generator: a csv is sent as they come.

    Raises: Http404, for any other format.
    """
    if format not in FORMATS:
        raise Http404
    response: HttpResponseBase
    if format == "csv":
        response = StreamingHttpResponse(write_csv(header, rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(write_xlsx(header, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{format}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
