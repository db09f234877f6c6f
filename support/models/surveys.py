"""How content customers are: after every solution, and asked from time to time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from support.enums.surveys import SurveyState


class SurveyPlan(Record):
    """A question to the buyers of the last days, sent once or again and again. Without a shop, to those of all shops.

    SOP: S11
    """

    public_id = PublicIdField(prefix="svp")
    title = models.CharField(_("title"), max_length=80, unique=True)
    question = models.CharField(_("question"), max_length=200)
    shop = models.ForeignKey("shops.Shop", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("shop"))
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    bought_within_days = models.PositiveSmallIntegerField(_("bought within (days)"))
    every_days = models.PositiveSmallIntegerField(_("every (days); 0 is once"), default=0)
    next_at = models.DateTimeField(_("next"), null=True)
    active = models.BooleanField(pgettext_lazy("survey", "active"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("periodic survey")
        verbose_name_plural = _("periodic surveys")
        default_permissions = ("view", "change")
        indexes = [models.Index(fields=["next_at"], name="survey_plan_due", condition=Q(active=True, next_at__isnull=False))]

    def __str__(self) -> str:
        return self.title


class SurveyWave(models.Model):
    """One sending of a periodic survey. SOP: S11"""

    plan = models.ForeignKey(SurveyPlan, models.PROTECT, related_name="waves", verbose_name=_("periodic survey"))
    no = models.PositiveSmallIntegerField(_("no."))
    sent_at = models.DateTimeField(_("sent"))
    asked = models.PositiveIntegerField(_("asked"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="survey_wave_no")]

    def __str__(self) -> str:
        return f"{self.plan} {self.no}"


class Survey(Record):
    """One customer asked once: about a solution of a ticket, or in a wave. `agent` is whose solution it was.

    SOP: S11
    """

    public_id = PublicIdField(prefix="srv")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    ticket = models.ForeignKey("support.Ticket", models.PROTECT, null=True, related_name="surveys", verbose_name=_("ticket"))
    resolution = models.PositiveSmallIntegerField(_("solution no."), null=True)
    wave = models.ForeignKey(SurveyWave, models.PROTECT, null=True, related_name="surveys", verbose_name=_("periodic survey"))
    customer = models.ForeignKey("orders.Customer", models.PROTECT, null=True, related_name="+", verbose_name=_("customer"))
    agent = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("agent"))
    state = models.CharField(_("state"), max_length=10, choices=SurveyState, default=SurveyState.SENT)
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("can be answered until"))
    stars = models.PositiveSmallIntegerField(_("stars"), null=True)
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    follow_up = models.TextField(_("what was agreed"), max_length=1000, blank=True)
    is_test = models.BooleanField(_("test"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        default_permissions = ("view",)
        permissions = [("follow_survey", _("Talk with customers who were not content"))]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "resolution"], name="survey_once_a_resolution"),
            models.UniqueConstraint(fields=["wave", "customer"], name="survey_once_a_wave"),
            models.CheckConstraint(
                condition=Q(ticket__isnull=False, resolution__isnull=False, wave=None)
                | Q(ticket=None, resolution=None, wave__isnull=False, customer__isnull=False),
                name="survey_of_a_ticket_or_a_wave",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", stars=None, answered_at=None)
                | ~Q(state="sent") & Q(stars__gte=1, stars__lte=5, answered_at__isnull=False),
                name="survey_answered_with_stars",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="survey_state"),
            models.Index(fields=["sent_at"], name="survey_sent"),
            models.Index(fields=["customer", "-sent_at"], name="survey_customer"),
            models.Index(fields=["stars", "-id"], name="survey_stars"),
        ]

    def __str__(self) -> str:
        return str(self.ticket or self.wave)
