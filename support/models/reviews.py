"""What buyers say of goods in public, and what the shop answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record
from support.enums.reviews import ReviewState


class ProductReview(Record):
    """A buyer's review of one SKU of one order, as the storefront shows it; `ticket` looks after who was unhappy.

    SOP: S14
    """

    public_id = PublicIdField(prefix="prv")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="+", verbose_name=_("order"))
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="+", verbose_name=_("SKU"))
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+", verbose_name=_("product"))
    state = models.CharField(_("state"), max_length=10, choices=ReviewState, default=ReviewState.NEW)
    stars = models.PositiveSmallIntegerField(_("stars"))
    body = models.TextField(_("text"), max_length=2000, blank=True)
    written_at = models.DateTimeField(_("written"))
    ticket = models.ForeignKey("support.Ticket", models.PROTECT, null=True, related_name="+", verbose_name=_("ticket"))
    reply = models.TextField(_("reply"), max_length=1000, blank=True)
    replied_by = models.CharField(_("replied by"), max_length=150, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True)
    is_test = models.BooleanField(_("test"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("product review")
        verbose_name_plural = _("product reviews")
        default_permissions = ("view", "add")
        permissions = [("reply_productreview", _("Answer product reviews"))]
        constraints = [
            models.UniqueConstraint(fields=["order", "sku"], name="review_once_a_line"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_one_to_five"),
            models.CheckConstraint(
                condition=Q(state="new", replied_at=None) | Q(state="replied", replied_at__isnull=False) & ~Q(reply=""),
                name="review_replied_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="review_state"),
            models.Index(fields=["stars", "-id"], name="review_stars"),
            models.Index(fields=["product", "written_at"], name="review_of_product"),
            models.Index(fields=["written_at"], name="review_written"),
            models.Index(fields=["updated_at", "id"], name="review_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.sku} {'★' * self.stars}"
