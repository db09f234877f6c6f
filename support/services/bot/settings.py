"""Where the bot talks first."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.text import mark
from opsdesk.shops.queries import visible_to
from support.enums.tickets import HANDED_OUT
from support.models import BotSetting

CHANGE = "support.change_botsetting"


@transaction.atomic(savepoint=False)
def write_setting(*, shop_id: int, channels: Collection[str], active: bool, actor: Actor, now: datetime) -> BotSetting:
    """Say on which channels of a shop the bot talks first, or that it does not. Open conversations go on as they began.

    Raises: Forbidden, NotFound (no such shop, or another's), Invalid (no channel, one without a program that fetches).
    SOP: S18
    """
    actor.require(CHANGE)
    shop = visible_to(actor).filter(pk=shop_id).first()
    if shop is None:
        raise NotFound()
    if not channels or not set(channels) <= set(HANDED_OUT):
        issue = Issue("/channels", "unknown_channel", mark("Choose channels on which the bot can talk."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    columns = {"channels": sorted(channels), "active": active}
    row, _ = BotSetting.objects.select_for_update(no_key=True).update_or_create(shop=shop, defaults=columns)
    record(Change("support.bot_set", "bot_setting", row.public_id, shop.code, after=columns), actor=actor, now=now)
    return row
