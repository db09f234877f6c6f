"""A batch-ship table as the file that the platform takes."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.sheets.writing import write_xlsx
from orders.enums.platforms import Layout
from orders.queries.platforms import exports as queries
from orders.rules.platforms.shipping import LAYOUTS, ShippingLayout
from orders.services.platforms.exporting import KIND, PERMISSION


@transaction.atomic(savepoint=False)
def download(*, export_id: int, actor: Actor, now: datetime) -> tuple[str, bytes]:
    """The file's name and content, in the platform's columns and encoding; whoever takes it away stands in the trail.

    Raises: NotFound, Forbidden.
    SOP: O12
    """
    actor.require(PERMISSION)
    export = queries.visible_to(actor).select_related("shop").filter(pk=export_id).first()
    if export is None:
        raise NotFound()
    change = Change("orders.shipping_downloaded", KIND, export.public_id, shop=export.shop.code)
    record(change, actor=actor, now=now)
    layout = LAYOUTS[Layout(export.layout)]
    name = f"{export.shop.code}-{export.made_at:%Y%m%d}-{export.pk}.{layout.ending}"
    lines = queries.lines_of(export)
    return name, _csv(layout, lines) if layout.encoding else write_xlsx(layout.titles, lines)


def _csv(layout: ShippingLayout, lines: Iterable[tuple[str, str, str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([layout.titles, *lines])
    return stream.getvalue().encode(layout.encoding)
