"""Whether a carrier has ever been used."""

from orders.models import CarrierChoice, ReturnRequest, Shipment


def has_business(carrier_id: int) -> bool:
    """True when a parcel, a return or a choice names the carrier. SOP: O11"""
    return (
        Shipment.objects.filter(carrier=carrier_id).exists()
        or ReturnRequest.objects.filter(carrier=carrier_id).exists()
        or CarrierChoice.objects.filter(carrier=carrier_id).exists()
        or CarrierChoice.objects.filter(suggested=carrier_id).exists()
    )
