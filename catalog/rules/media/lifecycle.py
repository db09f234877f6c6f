"""The steps of a designer's brief and of an image in the library, and who may judge a delivery. Pure.

SOP: C6
"""

from catalog.enums.media import AssetState as A
from catalog.enums.media import BriefState as S
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor, ActorKind
from opsdesk.common.lifecycle import Lifecycle, Transition

_DELIVER, _JUDGE, _TALK = "catalog.deliver_designbrief", "catalog.judge_designbrief", "catalog.comment_designbrief"
OPEN = (S.OPEN, S.IN_WORK, S.DELIVERED, S.SENT_BACK)
BRIEF_LIFECYCLE = Lifecycle(
    Transition("start", {S.OPEN}, S.IN_WORK, permission=_DELIVER, sop="C6"),
    Transition("deliver", {S.OPEN, S.IN_WORK, S.SENT_BACK}, S.DELIVERED, permission=_DELIVER, sop="C6"),
    Transition("accept", {S.DELIVERED}, S.ACCEPTED, permission=_JUDGE, sop="C6"),
    Transition("send_back", {S.DELIVERED}, S.SENT_BACK, permission=_JUDGE, sop="C6"),
    Transition("comment", OPEN, None, permission=_TALK, sop="C6"),
    Transition("cancel", OPEN, S.CANCELLED, permission=_JUDGE, sop="C6"),
)
_CHANGE = "catalog.change_mediaasset"
ASSET_STEPS = Lifecycle(
    Transition("place", {A.ACTIVE}, None, permission="catalog.change_listingrevision", sop="C6"),
    Transition("place_on_page", {A.ACTIVE}, None, permission="catalog.change_contentpage", sop="C6"),
    Transition("describe", {A.ACTIVE}, None, permission=_CHANGE, sop="C6"),
    Transition("retry", {A.ACTIVE}, None, permission=_CHANGE, sop="C6"),
    Transition("archive", {A.ACTIVE}, A.ARCHIVED, permission=_CHANGE, sop="C6"),
    Transition("restore", {A.ARCHIVED}, A.ACTIVE, permission=_CHANGE, sop="C6"),
)
_ASKERS = (Role.PRODUCT_SPECIALIST, Role.MARKETING, Role.PRODUCT_SUPERVISOR)


def desk_of(actor: Actor) -> str:
    """The desk for which somebody asks: the first of the asking desks that they sit at."""
    return next((role.value for role in _ASKERS if role in actor.roles), Role.PRODUCT_SPECIALIST.value)


def is_askers_side(actor: Actor, desk: str) -> bool:
    """True for the desk that asked; the product supervisor stands in for the product specialist, the system for all."""
    if actor.kind is ActorKind.SYSTEM or desk in actor.roles:
        return True
    return desk == Role.PRODUCT_SPECIALIST and Role.PRODUCT_SUPERVISOR in actor.roles
