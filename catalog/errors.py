"""What the catalog refuses."""

from opsdesk.common.errors import Conflict
from opsdesk.common.text import mark


class InsufficientStock(Conflict):
    """Fewer pieces are available than were asked for."""

    code = "insufficient_stock"
    message = mark("There is not enough stock.")
