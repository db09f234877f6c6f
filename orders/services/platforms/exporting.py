"""Making the tables by which a platform learns the tracking numbers of its orders."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.shops.models import Shop
from orders.enums.platforms import Layout
from orders.enums.tracking import ShipmentState
from orders.models import Carrier, CarrierName, ExportedParcel, Shipment, ShippingExport
from orders.queries.platforms import exports as queries
from orders.rules.platforms.shipping import called, layout_of

KIND, NAME = "shipping_export", "carrier_name"
PERMISSION, NAMES = "orders.export_shipping", "orders.change_carriername"
MOST = 5000  # parcels of a table: what the platforms' tools take at once


@transaction.atomic(savepoint=False)
def export_shipping(*, shop_id: int, actor: Actor, now: datetime) -> ShippingExport:
    """Put every parcel that the shop's platform has not been told of into one table; none stands in two.

    Raises: NotFound, Forbidden, Invalid (own storefront, a carrier that the platform has no name for), Conflict (nothing
    to export).
    SOP: O12
    """
    actor.require(PERMISSION)
    if not actor.sees_shop(shop_id):
        raise NotFound()
    shop = lock_one(Shop.objects.filter(pk=shop_id))  # two people at once do not take the same parcels
    layout = layout_of(shop.platform)
    if layout is None:
        raise Invalid(mark("This shop is on no platform that takes such a table."), code="no_platform")
    parcels = list(queries.waiting(shop.pk, now).select_related("carrier")[:MOST])
    if not parcels:
        raise Conflict(mark("The platform has been told of every parcel."), code="nothing_to_export")
    return _make(ShippingExport(shop=shop, layout=layout), parcels, actor, now)


@transaction.atomic(savepoint=False)
def export_again(*, export_id: int, reason: str, actor: Actor, now: datetime) -> ShippingExport:
    """Make a table anew, when the platform lost the first; it says that it is a repetition. Voided parcels stay out.

    Raises: NotFound, Forbidden, Invalid (no reason, a carrier without a name), Conflict (nothing of it is left).
    SOP: O12
    """
    actor.require(PERMISSION)
    old = lock_one(queries.visible_to(actor).filter(pk=export_id).select_related("shop"))
    if not reason.strip():
        message = mark("A reason is required.")
        raise Invalid(message, code="required", issues=[Issue("/reason", "required", message)])
    left = old.parcels.exclude(state=ShipmentState.VOIDED).select_related("carrier").order_by("pk")
    if not left:
        raise Conflict(mark("The platform has been told of every parcel."), code="nothing_to_export")
    fresh = ShippingExport(shop=old.shop, layout=old.layout, again=True, reason=reason.strip())
    return _make(fresh, list(left), actor, now)


@transaction.atomic(savepoint=False)
def name_carrier(*, layout: str, carrier: str, name: str, actor: Actor, now: datetime) -> CarrierName:
    """Write down what a platform calls a carrier; the next table uses it.

    Raises: Forbidden, Invalid (no such carrier, no name).
    SOP: O12
    """
    actor.require(NAMES)
    found = Carrier.objects.filter(code=carrier).first()
    if found is None:
        message = mark("There is no such carrier, or it is not in use.")
        raise Invalid(message, code="unknown_carrier", issues=[Issue("/carrier", "unknown_carrier", message)])
    words = " ".join(name.split())
    if not words:
        message = mark("This field is required.")
        raise Invalid(message, code="required", issues=[Issue("/name", "required", message)])
    row, _ = CarrierName.objects.update_or_create(layout=Layout(layout), carrier=found, defaults={"name": words})
    after = {"layout": row.layout, "carrier": carrier, "name": words}
    record(Change("orders.carrier_named", NAME, row.public_id, after=after), actor=actor, now=now)
    return row


def _make(export: ShippingExport, parcels: Sequence[Shipment], actor: Actor, now: datetime) -> ShippingExport:
    own = queries.own_names(Layout(export.layout))
    names = {parcel.carrier.code: called(parcel.carrier.code, own) for parcel in parcels}
    if nameless := sorted({str(parcel.carrier) for parcel in parcels if not names[parcel.carrier.code]}):
        message = mark("Write down what the platform calls these carriers: %(carriers)s")
        raise Invalid(message, code="carrier_without_name", carriers=", ".join(nameless))
    export.made_at, export.made_by, export.rows = now, actor.label, 0
    export.save()
    ExportedParcel.objects.bulk_create(
        [ExportedParcel(export=export, shipment=parcel, carrier_name=names[parcel.carrier.code]) for parcel in parcels]
    )
    export.rows = sum(1 for _ in queries.lines_of(export))
    export.save(update_fields=["rows"])
    told = {"parcels": len(parcels), "rows": export.rows, "again": export.again}
    change = Change("orders.shipping_exported", KIND, export.public_id, shop=export.shop.code, after=told, reason=export.reason)
    record(change, actor=actor, now=now)
    return export
