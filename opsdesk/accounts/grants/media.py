"""Who may do what with images and briefs. SOP: C6"""

from opsdesk.accounts.grants.base import LEADS, PRODUCT_DESK, Grants
from opsdesk.accounts.grants.listings import LISTING_READERS
from opsdesk.accounts.roles import Role as R

_DESIGNER, _MARKETING = (R.DESIGNER,), (R.MARKETING,)
_ASKERS = (*PRODUCT_DESK, *_MARKETING)

MEDIA: Grants = {
    "catalog.view_imagestandard": LISTING_READERS,
    "catalog.add_imagestandard": LEADS,
    "catalog.change_imagestandard": LEADS,
    "catalog.view_mediaasset": LISTING_READERS,
    "catalog.add_mediaasset": (*_DESIGNER, *PRODUCT_DESK),
    "catalog.change_mediaasset": (*_DESIGNER, *PRODUCT_DESK),
    "catalog.view_designbrief": LISTING_READERS,
    "catalog.add_designbrief": _ASKERS,
    "catalog.deliver_designbrief": _DESIGNER,
    "catalog.judge_designbrief": _ASKERS,
    "catalog.comment_designbrief": (*_ASKERS, *_DESIGNER),
}
