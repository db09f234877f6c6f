"""The duty and the trail of the bot."""

from django.utils.translation import gettext_lazy as _

from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind
from support.admin import panels
from support.admin.bot.pages import panel
from support.services.bot import talking

panels.register(panels.Panel(_("The bot"), "support/bot/panel.html", "support.view_bottalk", panel))

KINDS: tuple[Kind, ...] = ()
DUTIES = (
    Duty(
        "support.close_bot_talks",
        "*/5 * * * *",
        "S18",
        lambda slot, now: talking.close_quiet(now=now),
        mark("End conversations that the bot has answered"),
    ),
)
LABELS = {
    "support.ticket_hand_over": mark("Handed over by the bot"),
    "support.bot_set": mark("Bot set"),
}
CHARTS: dict[str, Chart] = {}
