"""What promotions refuse."""

from opsdesk.common.errors import Invalid
from opsdesk.common.text import mark


class UnknownCoupon(Invalid):
    """A coupon code that nobody has issued; each one is named."""

    code = "unknown_coupon"
    message = mark("There is no such coupon.")
