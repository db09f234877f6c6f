"""What orders refuse."""

from opsdesk.common.errors import Conflict, Forbidden, Invalid
from opsdesk.common.text import mark


class OrderConflict(Conflict):
    """The shop sent the same order number with other content."""

    code = "order_conflict"
    message = mark("This order exists with other content.")


class AlreadyShipped(Conflict):
    """The order has left the house."""

    code = "already_shipped"
    message = mark("The order has left the warehouse; ask the carrier to intercept it.")


class BeingCancelled(Conflict):
    """The warehouse was asked to stop the order."""

    code = "being_cancelled"
    message = mark("The warehouse was asked already to stop this order; its answer stands on the order's page.")


class TotalsMismatch(Invalid):
    """The lines and the freight do not add up to the payable amount."""

    code = "totals_mismatch"
    message = mark("The lines and the freight add up to %(computed)s, not to %(payable)s.")


class OnHold(Conflict):
    """An open hold keeps the order back."""

    code = "on_hold"
    message = mark("These orders are on hold: %(orders)s")


class AlreadyOnHold(Conflict):
    """There is an open hold of this code."""

    code = "already_on_hold"
    message = mark("The order is on hold for this already: %(hold)s")


class NotOnHold(Conflict):
    """There is no open hold of this code."""

    code = "not_on_hold"
    message = mark("The order is not on hold for this: %(hold)s")


class HoldStillNeeded(Conflict):
    """What the hold waits for has not happened."""

    code = "hold_still_needed"
    message = mark("What the hold waits for has not happened yet: %(hold)s")


class ContactNotVerified(Conflict):
    """The customer has not been asked, or has not said yet what is right."""

    code = "contact_not_verified"
    message = mark("Contact the customer first and record that the order is verified: %(hold)s")


class AlreadyPaid(Conflict):
    """The payment stands in the books."""

    code = "already_paid"
    message = mark("The order is paid already.")


class RefundExceedsPaid(Conflict):
    """More would go back than the customer has paid."""

    code = "refund_exceeds_paid"
    message = mark("At most %(refundable)s can still be refunded of this order.")


class RoundUndecided(Conflict):
    """Doubtful orders of the round still need a decision each."""

    code = "round_undecided"
    message = mark("These orders still need a decision: %(orders)s")


class NotThisDesk(Forbidden):
    """Another desk signs this round."""

    code = "wrong_desk"
    message = mark("This round is signed by another desk: %(desk)s")


class TrackingInUse(Conflict):
    """The tracking number belongs to another parcel."""

    code = "tracking_in_use"
    message = mark("This tracking number belongs to another parcel.")


class PackCheckFailed(Invalid):
    """A point of the pack check is not fulfilled."""

    code = "pack_check_failed"
    message = mark("The pack check is not fulfilled; the order stays on the packing desk.")


class ParcelsMismatch(Invalid):
    """The parcels do not hold exactly what was ordered."""

    code = "parcels_mismatch"
    message = mark("The parcels do not hold exactly what was ordered.")


class AlreadyPicking(Conflict):
    """The order stands in an open pick list."""

    code = "already_picking"
    message = mark("These orders stand in an open pick list: %(orders)s")


class NotShippedYet(Conflict):
    """The order is still in the house."""

    code = "not_shipped_yet"
    message = mark("The order has not left the warehouse; cancel it or change its address.")


class NothingToIntercept(Conflict):
    """No parcel of the order is on its way any more."""

    code = "already_delivered"
    message = mark("No parcel of the order is on its way any more.")


class AlreadyIntercepted(Conflict):
    """The carrier has been asked to stop every parcel of the order that is on its way."""

    code = "already_intercepted"
    message = mark("The carrier is asked already to stop every parcel of this order.")


class CaseOpen(Conflict):
    """Somebody works on a case of this parcel."""

    code = "case_open"
    message = mark("The parcel has an open carrier case.")


class BadSignature(Forbidden):
    """The message was not signed with the secret that was agreed upon."""

    code = "bad_signature"
    message = mark("The signature does not fit the message.")


class PeriodNotOver(Invalid):
    """The period of a settlement has not ended, or lies behind the shop's last one."""

    code = "period_not_over"
    message = mark("The next settlement begins on %(day)s and ends on a day that is over.")


class OpenDifferences(Conflict):
    """Our settlement and the platform's statement still disagree."""

    code = "open_differences"
    message = mark("Resolve the differences from the platform's statement first: %(count)s")


class NotCompared(Conflict):
    """Lines of the platform's statement came in since the last comparison."""

    code = "not_compared"
    message = mark("Compare the settlement with the platform's statement first.")


class SettlementNotOpen(Conflict):
    """The settlement has been checked or closed."""

    code = "settlement_not_open"
    message = mark("The settlement has been checked or closed; nothing in it changes any more.")


class NotAllScanned(Conflict):
    """Pieces of the order were not scanned."""

    code = "not_all_scanned"
    message = mark("Scan every piece first; still to come: %(skus)s")


class CarrierInUse(Conflict):
    """Parcels or choices name the carrier."""

    code = "carrier_in_use"
    message = mark("Parcels went with this carrier: it is taken out of use, not deleted.")


class CarrierNotChosen(Conflict):
    """The parcel was to go with another carrier."""

    code = "carrier_not_chosen"
    message = mark("%(carrier)s is chosen for this parcel; to take another, change the choice and say why.")


class ReprintNeedsReason(Invalid):
    """The label was printed before."""

    code = "reprint_reason_required"
    message = mark("It was printed before: say why it is printed again.")


class ClaimOpen(Conflict):
    """The parcel has an open claim."""

    code = "claim_open"
    message = mark("Compensation is asked for this parcel already.")
