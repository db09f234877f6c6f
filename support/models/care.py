"""Customers as customer care knows them: profiles, return visits, broadcasts. Names and numbers stay with orders' Customer."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from support.enums.care import BroadcastChannel, BroadcastKind, BroadcastState, CallOutcome, CallState, ContactBy


class CustomerProfile(Record):
    """One person who buys, under one or several customers of our shops; what they like, and what they allow.

    Without consent nothing but their own orders and tickets is written of. SOP: S15, S17
    """

    public_id = PublicIdField(prefix="cpr")
    preferences = models.CharField(_("what they like"), max_length=500, blank=True)
    tags = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("tags"))
    contact_by = models.CharField(_("best reached by"), max_length=10, choices=ContactBy, default=ContactBy.ANY)
    best_time = models.CharField(_("best time"), max_length=60, blank=True)
    allows_email = models.BooleanField(_("allows e-mails"), default=False)
    allows_sms = models.BooleanField(_("allows text messages"), default=False)
    consent_at = models.DateTimeField(_("consent asked"), null=True)
    consent_how = models.CharField(_("how they consented"), max_length=200, blank=True)
    opted_out_at = models.DateTimeField(_("opted out"), null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)

    class Meta(Record.Meta):
        verbose_name = _("customer profile")
        verbose_name_plural = _("customer profiles")
        default_permissions = ("view", "change")
        permissions = [("merge_customerprofile", _("Say that two customers are one person"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(allows_email=False, allows_sms=False) | Q(consent_at__isnull=False, opted_out_at=None),
                name="profile_consent_is_kept",
            ),
        ]
        indexes = [
            GinIndex(fields=["tags"], name="profile_tags"),
            models.Index(fields=["updated_at", "id"], name="profile_changed"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ProfileMember(models.Model):
    """A customer of a shop who is this person. SOP: S15"""

    profile = models.ForeignKey(CustomerProfile, models.PROTECT, related_name="members")
    customer = models.OneToOneField("orders.Customer", models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.customer)


class Segment(Record):
    """Buyers whom a return visit or a broadcast is for; what is empty is not asked of them. SOP: S16, S17"""

    public_id = PublicIdField(prefix="seg")
    title = models.CharField(_("title"), max_length=80, unique=True)
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    bought_within_days = models.PositiveSmallIntegerField(_("bought within (days)"))
    min_orders = models.PositiveSmallIntegerField(_("orders at least"), default=1)
    min_spend = models.DecimalField(_("spent at least"), max_digits=12, decimal_places=2, default=0)
    product = models.ForeignKey("catalog.Product", models.PROTECT, null=True, related_name="+", verbose_name=_("product"))
    tag = models.CharField(_("tag"), max_length=30, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.title


class CallPlan(Record):
    """Whom we call again and again: so many of a segment a day, each once in so many days. SOP: S16"""

    public_id = PublicIdField(prefix="cpl")
    title = models.CharField(_("title"), max_length=80, unique=True)
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="+", verbose_name=_("segment"))
    questions = models.TextField(_("what is asked"), max_length=1000)
    every_days = models.PositiveSmallIntegerField(_("each once in (days)"))
    a_day = models.PositiveSmallIntegerField(_("calls a day"))
    active = models.BooleanField(pgettext_lazy("plan", "active"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("plan of return visits")
        verbose_name_plural = _("plans of return visits")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.title


class CallBack(Record):
    """One return visit by telephone. SOP: S16"""

    public_id = PublicIdField(prefix="cbk")
    plan = models.ForeignKey(CallPlan, models.PROTECT, related_name="calls", verbose_name=_("plan"))
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    customer = models.ForeignKey("orders.Customer", models.PROTECT, related_name="+", verbose_name=_("customer"))
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.PLANNED)
    planned_at = models.DateTimeField(_("planned"))
    due_at = models.DateTimeField(_("due"))
    attempts = models.PositiveSmallIntegerField(_("calls"), default=0)
    outcome = models.CharField(_("what came of it"), max_length=10, choices=CallOutcome, blank=True)
    words = models.TextField(_("what was said"), max_length=1000, blank=True)
    done_at = models.DateTimeField(_("called"), null=True)
    done_by = models.CharField(_("called by"), max_length=150, blank=True)
    ticket = models.ForeignKey("support.Ticket", models.PROTECT, null=True, related_name="+", verbose_name=_("ticket"))

    class Meta(Record.Meta):
        verbose_name = _("return visit")
        verbose_name_plural = _("return visits")
        default_permissions = ("view",)
        permissions = [("make_callback", _("Make return visits"))]
        constraints = [
            models.UniqueConstraint(fields=["plan", "customer"], condition=Q(state="planned"), name="call_open_once"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False) & ~Q(outcome="") & ~Q(words=""),
                name="call_done_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="call_state"),
            models.Index(fields=["customer", "-planned_at"], name="call_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.public_id[-6:]}"


class Broadcast(Record):
    """Something that is written to many customers, read by two before it goes out. SOP: S17"""

    public_id = PublicIdField(prefix="brc")
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="+", verbose_name=_("segment"))
    channel = models.CharField(_("channel"), max_length=10, choices=BroadcastChannel)
    kind = models.CharField(_("about"), max_length=10, choices=BroadcastKind)
    title = models.CharField(_("title"), max_length=80)
    body = models.CharField(_("text"), max_length=350)
    state = models.CharField(_("state"), max_length=10, choices=BroadcastState, default=BroadcastState.DRAFT)
    send_at = models.DateTimeField(_("goes out"))
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("author"))
    approver = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    sent_to = models.PositiveIntegerField(_("sent to"), default=0)
    link = models.URLField(_("where it was posted"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("broadcast")
        verbose_name_plural = _("broadcasts")
        default_permissions = ("view",)
        permissions = [("write_broadcast", _("Write broadcasts")), ("approve_broadcast", _("Approve broadcasts"))]
        constraints = [
            models.CheckConstraint(condition=Q(approver=None) | ~Q(approver=F("author")), name="broadcast_by_a_second_person"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approver__isnull=False), name="broadcast_approved_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="broadcast_state"),
            models.Index(fields=["send_at"], name="broadcast_due", condition=Q(state="approved")),
        ]

    def __str__(self) -> str:
        return self.title


class BroadcastCopy(models.Model):
    """Who got a broadcast. SOP: S17"""

    broadcast = models.ForeignKey(Broadcast, models.PROTECT, related_name="copies")
    profile = models.ForeignKey(CustomerProfile, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["broadcast", "profile"], name="broadcast_once_a_person")]
        indexes = [models.Index(fields=["profile", "-sent_at"], name="broadcast_copy_when")]

    def __str__(self) -> str:
        return f"{self.broadcast} {self.profile}"
