"""The bot that talks first: where it is on, and how its conversations went."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from support.enums.knowledge import BotState, HandOver
from support.enums.tickets import Channel


class BotSetting(Record):
    """Where the bot talks first: a shop and its channels. Without a row nobody but people answers. SOP: S18"""

    public_id = PublicIdField(prefix="bot")
    shop = models.OneToOneField("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    channels = ArrayField(models.CharField(max_length=10, choices=Channel), default=list, verbose_name=_("channels"))
    active = models.BooleanField(pgettext_lazy("bot", "on"), default=True)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("bot", "where the bot talks")
        verbose_name_plural = pgettext_lazy("bot", "where the bot talks")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(self.shop)


class BotTalk(Record):
    """One conversation of the bot. `answers` counts what it has answered on its own; `question` is what the customer wrote
    last, `article` what fitted that best, by `likeness` in percent. SOP: S18
    """

    public_id = PublicIdField(prefix="btk")
    ticket = models.OneToOneField("support.Ticket", models.PROTECT, related_name="bot_talk", verbose_name=_("ticket"))
    state = models.CharField(_("state"), max_length=12, choices=BotState, default=BotState.TALKING)
    reason = models.CharField(_("handed over because"), max_length=10, choices=HandOver, blank=True)
    answers = models.PositiveSmallIntegerField(pgettext_lazy("bot", "answers"), default=0)
    question = models.CharField(_("question"), max_length=200, blank=True)
    article = models.ForeignKey("support.Article", models.PROTECT, null=True, related_name="+", verbose_name=_("article"))
    likeness = models.PositiveSmallIntegerField(_("best likeness (%)"), default=0)
    last_at = models.DateTimeField(_("customer wrote"))
    handed_over_at = models.DateTimeField(_("handed over"), null=True)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("bot", "conversation of the bot")
        verbose_name_plural = pgettext_lazy("bot", "conversations of the bot")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="handed_over", handed_over_at__isnull=False) & ~Q(reason="")
                | ~Q(state="handed_over") & Q(handed_over_at=None, reason=""),
                name="bot_talk_handed_over_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["last_at"], name="bot_talk_open", condition=Q(state="talking")),
            models.Index(fields=["state", "-id"], name="bot_talk_state"),
            models.Index(fields=["reason", "-id"], name="bot_talk_reason"),
        ]

    def __str__(self) -> str:
        return str(self.ticket)
