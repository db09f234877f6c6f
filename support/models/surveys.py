"""How content customers are: after a ticket, and in periodic surveys."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from support.enums.voice import RoundState, SurveyState

RATED = (SurveyState.ANSWERED, SurveyState.FOLLOW_UP, SurveyState.FOLLOWED_UP)


class SurveyRound(Record):
    """A periodic survey of the buyers of a shop: those who bought in a period, of a group of goods if one is named.

    The days of purchase are Shanghai days, both included. With `repeat_days` the next round is planned when this one is
    sent, so many days later, for the period moved by as many days.
    SOP: S11
    """

    public_id = PublicIdField(prefix="svr")
    title = models.CharField(_("title"), max_length=100)
    question = models.CharField(_("question"), max_length=200)
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    category = models.ForeignKey(
        "catalog.Category", models.PROTECT, null=True, related_name="+", verbose_name=_("group of goods")
    )
    bought_from = models.DateField(_("bought from"))
    bought_until = models.DateField(_("bought until"))
    send_on = models.DateField(_("sent on"))
    repeat_days = models.PositiveSmallIntegerField(_("again after (days)"), default=0)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="following", verbose_name=_("round before"))
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.PLANNED)
    planned_by = models.CharField(_("planned by"), max_length=150)
    asked = models.PositiveIntegerField(_("customers asked"), default=0)
    sent_at = models.DateTimeField(pgettext_lazy("survey", "sent"), null=True)
    closes_at = models.DateTimeField(_("open until"), null=True)
    conclusion = models.TextField(_("conclusion"), max_length=2000, blank=True)
    concluded_by = models.CharField(_("concluded by"), max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("periodic survey")
        verbose_name_plural = _("periodic surveys")
        default_permissions = ("view",)
        permissions = [("plan_survey", _("Plan periodic surveys and draw conclusions from them"))]
        constraints = [
            models.CheckConstraint(condition=Q(bought_until__gte=models.F("bought_from")), name="surveyround_period"),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "closed", "concluded"]) | Q(sent_at__isnull=False, closes_at__isnull=False),
                name="surveyround_sent_when",
            ),
        ]
        indexes = [
            models.Index(fields=["send_on"], name="surveyround_to_send", condition=Q(state="planned")),
            models.Index(fields=["closes_at"], name="surveyround_to_close", condition=Q(state="running")),
        ]

    def __str__(self) -> str:
        return self.title


class Survey(Record):
    """One invitation to give 1 to 5 stars: after one resolution of a ticket, or to one buyer in a round.

    `agent` is who had the ticket when it was resolved. The link to it is signed and ends at `expires_at`.
    SOP: S11
    """

    public_id = PublicIdField(prefix="svy")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    ticket = models.ForeignKey("support.Ticket", models.PROTECT, null=True, related_name="surveys", verbose_name=_("ticket"))
    resolution = models.PositiveSmallIntegerField(_("solution number"), default=0)
    round = models.ForeignKey(SurveyRound, models.PROTECT, null=True, related_name="surveys", verbose_name=_("periodic survey"))
    customer = models.ForeignKey("orders.Customer", models.PROTECT, null=True, related_name="+", verbose_name=_("customer"))
    agent = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("agent"))
    state = models.CharField(_("state"), max_length=12, choices=SurveyState, default=SurveyState.SENT)
    sent_at = models.DateTimeField(pgettext_lazy("survey", "sent"))
    expires_at = models.DateTimeField(_("open until"))
    stars = models.PositiveSmallIntegerField(_("stars"), null=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(pgettext_lazy("survey", "answered"), null=True)
    followed_up_by = models.CharField(_("asked by"), max_length=150, blank=True)
    followed_up_at = models.DateTimeField(_("asked why"), null=True)
    finding = models.TextField(_("what the customer said"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("satisfaction survey")
        verbose_name_plural = _("satisfaction surveys")
        default_permissions = ("view",)
        permissions = [("follow_up_survey", _("Ask customers why they gave few stars"))]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "resolution"], name="survey_once_a_resolution"),
            models.UniqueConstraint(fields=["round", "customer"], name="survey_once_a_round"),
            models.CheckConstraint(
                condition=Q(ticket__isnull=False, round=None) | Q(ticket=None, round__isnull=False), name="survey_about_one"
            ),
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__gte=1, stars__lte=5), name="survey_one_to_five"),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "expired"], stars=None, answered_at=None)
                | Q(state__in=["answered", "follow_up", "followed_up"], stars__isnull=False, answered_at__isnull=False),
                name="survey_answered_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="survey_state"),
            models.Index(fields=["expires_at"], name="survey_to_expire", condition=Q(state="sent")),
            models.Index(fields=["shop", "sent_at"], name="survey_sent"),
            models.Index(fields=["customer", "-id"], name="survey_customer"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
