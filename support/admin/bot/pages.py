"""The bot in the browser: where it talks, how its conversations went, and what it leaves to the agent. SOP: S18"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.shops.queries import visible_to
from support.admin.tickets.desk import OwnChoicesAdmin
from support.enums.knowledge import BotState
from support.enums.tickets import HANDED_OUT
from support.models import BotSetting, BotTalk, Ticket
from support.queries.bot import talks
from support.services.bot.settings import write_setting

COLOURS = {BotState.TALKING: "blue", BotState.HANDED_OVER: "amber", BotState.ANSWERED: "green"}
LOOKED_BACK = timedelta(days=30)  # of the figures above the list


def panel(ticket: Ticket, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
    """What the agent who takes over has to know."""
    talk = talks.talk_of(ticket)
    return {"talk": talk, "may_read": actor.can("support.view_article")} if talk else None


class BotForm(CommandForm):
    """Where the bot talks first."""

    shop_id = forms.TypedChoiceField(label=_("Shop"), coerce=int)
    channels = forms.MultipleChoiceField(
        label=_("Channels"), choices=[(one.value, one.label) for one in HANDED_OUT], widget=forms.CheckboxSelectMultiple
    )
    active = forms.BooleanField(label=pgettext_lazy("bot", "on"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shop_id"].choices = [(shop.pk, shop.name) for shop in visible_to(actor)]  # type: ignore[attr-defined]


@admin.register(BotSetting)
class BotSettingAdmin(OwnChoicesAdmin):
    """SOP: S18"""

    write_form, write_title = BotForm, _("Set the bot")
    shop_field = "shop"
    keyset = ("id",)
    list_display = ("shop", "where", "active")
    list_select_related = ("shop",)
    fields = (("shop", "where", "active"),)
    readonly_fields = ("where",)

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {"shop_id": row.shop_id, "channels": row.channels, "active": row.active}

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        write_setting(**data, **who)

    @column(_("channels"))
    def where(self, row: BotSetting) -> str:
        return ", ".join(str(one.label) for one in HANDED_OUT if one in row.channels)


@admin.register(BotTalk)
class BotTalkAdmin(ReadOnlyAdmin):
    """SOP: S18"""

    shop_field = "ticket__shop"
    list_before_template: Any = "support/bot/figures.html"
    keyset = ("-id",)
    list_display = ("ticket", "coloured_state", "answers", "reason", "question", "article", "likeness", "last_at")
    list_select_related = ("ticket", "article")
    list_filter = ("state", "reason")
    fields = (
        ("ticket", "coloured_state", "answers"),
        ("reason", "handed_over_at", "last_at"),
        ("question", "article", "likeness"),
    )
    readonly_fields = ("coloured_state",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        now = clock.now()
        context = {"figures": talks.figures(actor_of(request), now - LOOKED_BACK, now), "days": LOOKED_BACK.days}
        return super().changelist_view(request, context | (extra_context or {}))

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: BotTalk) -> tuple[str, str]:
        return row.state, row.get_state_display()
