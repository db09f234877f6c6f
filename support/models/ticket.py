"""Tickets: what a customer wants, who looks after it, and how it ended."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from support.enums.tickets import Channel, Priority, SolutionType, Stage, TicketState, TicketType

OPEN = ("new", "assigned", "in_progress", "waiting_customer", "waiting_department")


class Team(Record):
    """A group of agents to whom tickets go. SOP: S5"""

    public_id = PublicIdField(prefix="tea")
    name = models.CharField(_("name"), max_length=60, unique=True)
    members = models.ManyToManyField("accounts.User", blank=True, related_name="+", verbose_name=_("members"))
    active = models.BooleanField(pgettext_lazy("team", "active"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.name


class Ticket(Record):
    """One matter of one customer. A customer who is not known as a buyer has only the contact that they gave.

    `contact` is the channel's own address of the customer: an e-mail address, a phone (E.164), a chat or WeChat id.
    `last_incoming_at` and `last_outgoing_at` are of public messages by people.
    SOP: S2, S5
    """

    public_id = PublicIdField(prefix="tic")
    number = models.CharField(_("number"), max_length=20, unique=True)
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    type = models.CharField(_("type"), max_length=20, choices=TicketType)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, default=Priority.NORMAL)
    state = models.CharField(_("state"), max_length=20, choices=TicketState, default=TicketState.NEW)
    subject = models.CharField(_("subject"), max_length=200)
    customer = models.ForeignKey("orders.Customer", models.PROTECT, null=True, related_name="+", verbose_name=_("customer"))
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    contact_name = models.CharField(_("name"), max_length=100, blank=True)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+", verbose_name=_("order"))
    product = models.ForeignKey("catalog.Product", models.PROTECT, null=True, related_name="+", verbose_name=_("product"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    assignee = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("agent"))
    opened_at = models.DateTimeField(_("opened"))
    last_incoming_at = models.DateTimeField(_("customer wrote"), null=True)
    last_outgoing_at = models.DateTimeField(_("answered"), null=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    solution_type = models.CharField(_("kind of solution"), max_length=20, choices=SolutionType, blank=True)
    solution = models.TextField(_("solution"), max_length=2000, blank=True)
    resolutions = models.PositiveSmallIntegerField(_("times resolved"), default=0)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    archived_at = models.DateTimeField(_("archived"), null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("merged into"))
    is_test = models.BooleanField(_("test"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        default_permissions = ("view", "add")
        permissions = [
            ("work_ticket", _("Answer and resolve tickets")),
            ("assign_ticket", _("Assign tickets to others")),
            ("import_message", _("Pass on messages of customers and bots")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="merged") & ~Q(merged_into=None)) | (~Q(state="merged") & Q(merged_into=None)),
                name="ticket_merged_into",
            ),
            models.CheckConstraint(condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="ticket_not_into_itself"),
            models.CheckConstraint(
                condition=~Q(state__in=["resolved", "confirmed"]) | (Q(resolved_at__isnull=False) & ~Q(solution_type="")),
                name="ticket_resolved_with_solution",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="ticket_state"),
            models.Index(fields=["assignee", "-id"], name="ticket_assignee", condition=Q(state__in=OPEN)),
            models.Index(fields=["team", "-id"], name="ticket_team", condition=Q(state__in=OPEN)),
            models.Index(fields=["customer", "-id"], name="ticket_customer"),
            models.Index(fields=["order"], name="ticket_order"),
            models.Index(fields=["contact"], name="ticket_contact", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["number"], name="ticket_number", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["xid", "id"], name="ticket_feed"),
            models.Index(fields=["shop", "opened_at"], name="ticket_opened"),
            models.Index(fields=["shop", "resolved_at"], name="ticket_resolved"),
            GinIndex(OpClass(Upper("subject"), name="gin_trgm_ops"), name="ticket_subject"),
        ]

    def __str__(self) -> str:
        return self.number
