"""What each role may do: one table an area, permission -> the roles that hold it. What is not here is denied.

"view" permissions are listed like all others.
SOP: G1, G2
"""

from opsdesk.accounts.grants.bot import BOT
from opsdesk.accounts.grants.carriers import CARRIERS
from opsdesk.accounts.grants.counting import COUNTING
from opsdesk.accounts.grants.entry import ENTRY
from opsdesk.accounts.grants.finance import FINANCE
from opsdesk.accounts.grants.fulfilment import FULFILMENT
from opsdesk.accounts.grants.inbound import INBOUND
from opsdesk.accounts.grants.knowledge import KNOWLEDGE
from opsdesk.accounts.grants.listings import LISTINGS
from opsdesk.accounts.grants.manual import MANUAL
from opsdesk.accounts.grants.media import MEDIA
from opsdesk.accounts.grants.orders import ORDERS
from opsdesk.accounts.grants.organisation import ORGANISATION
from opsdesk.accounts.grants.pages import PAGES
from opsdesk.accounts.grants.platforms import PLATFORMS
from opsdesk.accounts.grants.prices import DELISTING, PRICES
from opsdesk.accounts.grants.quality import QUALITY
from opsdesk.accounts.grants.returns import RETURNS
from opsdesk.accounts.grants.reviews import REVIEWS
from opsdesk.accounts.grants.selection import SELECTION
from opsdesk.accounts.grants.sla import SLA
from opsdesk.accounts.grants.stock import STOCK
from opsdesk.accounts.grants.surveys import SURVEYS
from opsdesk.accounts.grants.tickets import TICKETS
from opsdesk.accounts.grants.tracking import TRACKING
from opsdesk.accounts.grants.voice import VOICE
from opsdesk.accounts.roles import Role

AREAS = (
    ORGANISATION,
    LISTINGS,
    SELECTION,
    ENTRY,
    MEDIA,
    STOCK,
    COUNTING,
    INBOUND,
    QUALITY,
    PAGES,
    PRICES,
    DELISTING,
    ORDERS,
    MANUAL,
    FINANCE,
    FULFILMENT,
    TRACKING,
    RETURNS,
    CARRIERS,
    PLATFORMS,
    TICKETS,
    KNOWLEDGE,
    BOT,
    SURVEYS,
    REVIEWS,
    SLA,
    VOICE,
)


def permissions_of(role: Role) -> frozenset[str]:
    """Every permission that the role holds."""
    return frozenset(permission for area in AREAS for permission, roles in area.items() if role in roles)
