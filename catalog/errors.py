"""What the catalog refuses."""

from opsdesk.common.errors import Conflict, Invalid
from opsdesk.common.text import mark


class InsufficientStock(Conflict):
    """Fewer pieces are available than were asked for."""

    code = "insufficient_stock"
    message = mark("There is not enough stock.")


class ExpiredStock(Conflict):
    """What is left to pick has passed its use-by day."""

    code = "expired_stock"
    message = mark("Only expired pieces are left of %(skus)s. Waiting for fresh ones: %(orders)s")


class BelowReserved(Conflict):
    """The warehouse reports fewer pieces than are promised to orders."""

    code = "below_reserved"
    message = mark("%(reserved)s pieces are reserved for orders; the figure is lower.")


class KeyReused(Conflict):
    """The key of a stock change was used for another change."""

    code = "key_reused"
    message = mark("This key was used for another change of %(delta)s pieces.")


class ListingBlocked(Invalid):
    """The listing has errors that must be corrected first; all of them are named."""

    code = "listing_has_errors"
    message = mark("The listing has errors; correct them first.")


class NotAsApproved(Conflict):
    """What would be published is not what was approved."""

    code = "not_as_approved"
    message = mark("The content is not the one that was approved.")


class NotAcceptable(Invalid):
    """A line of a selection list does not meet what is demanded; all that speaks against it is named."""

    code = "line_not_acceptable"
    message = mark("This line cannot be accepted; see what speaks against it.")


class UnqualifiedSupplier(Invalid):
    """The supplier lacks a valid document that every supplier must have."""

    code = "supplier_unqualified"
    message = mark("The supplier has no valid document of this kind: %(document)s")
