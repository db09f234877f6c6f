"""The steps of a question of delisting, and of a product that is made no longer. Pure."""

from catalog.enums.delisting import DelistState as S
from catalog.rules.alerts import KEPT
from opsdesk.common.lifecycle import Lifecycle, Transition

DELIST_LIFECYCLE = Lifecycle(
    Transition("accept", {S.OPEN}, S.ACCEPTED, permission="catalog.delist_listing", sop="C20"),
    Transition("decline", {S.OPEN}, S.DECLINED, permission="catalog.delist_listing", sop="C20"),
    Transition("withdraw", {S.OPEN}, S.WITHDRAWN, permission="catalog.delist_listing", sop="C20"),
)
PRODUCT_STEPS = Lifecycle(Transition("discontinue", {KEPT}, None, permission="catalog.discontinue_product", sop="C20"))
