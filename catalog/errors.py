"""What the catalog refuses."""

from opsdesk.common.errors import Conflict
from opsdesk.common.text import mark


class InsufficientStock(Conflict):
    """Fewer pieces are available than were asked for."""

    code = "insufficient_stock"
    message = mark("There is not enough stock.")


class BelowReserved(Conflict):
    """The warehouse reports fewer pieces than are promised to orders."""

    code = "below_reserved"
    message = mark("%(reserved)s pieces are reserved for orders; the figure is lower.")


class KeyReused(Conflict):
    """The key of a stock change was used for another change."""

    code = "key_reused"
    message = mark("This key was used for another change of %(delta)s pieces.")
