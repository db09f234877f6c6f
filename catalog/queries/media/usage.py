"""Where images are used. Whoever shows images registers how its uses are found, so that the library can tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import ListingRevision, MediaAsset, PageVersion
from catalog.queries.listings import revisions_for
from catalog.rules.listing_lifecycle import LISTING_LIFECYCLE
from opsdesk.common.actors import Actor

SHOWN = 50


@dataclass(frozen=True)
class Use:
    """One place that shows an image: what it is called, its id and its state."""

    label: str
    subject_id: str
    state: str


@dataclass(frozen=True)
class UsageKind:
    """One kind of users of images.

    `title` is a message id; `uses` finds the users of one image, newest first, at most SHOWN; `used` is a condition on
    rows of images; `url` is the screen of one user.
    """

    code: str
    title: str
    uses: Callable[[MediaAsset], Sequence[Use]]
    used: Callable[[], Exists]
    url: Callable[[str], str]


REGISTER: dict[str, UsageKind] = {}


def register(kind: UsageKind) -> None:
    """Make a kind of users known; called by wiring."""
    REGISTER[kind.code] = kind


def uses_of(asset: MediaAsset) -> list[tuple[UsageKind, Use]]:
    """Everything that shows the image, kind by kind. SOP: C6"""
    return [(kind, use) for kind in REGISTER.values() for use in kind.uses(asset)]


def is_used(asset: MediaAsset) -> bool:
    """True when anything shows the image."""
    return not unused(MediaAsset.objects.filter(pk=asset.pk)).exists()


def unused(assets: QuerySet[MediaAsset]) -> QuerySet[MediaAsset]:
    """Those that nothing shows. SOP: C6"""
    condition = Q()
    for kind in REGISTER.values():
        condition &= ~Q(kind.used())
    return assets.filter(condition)


def listing_uses(asset: MediaAsset) -> list[Use]:
    """The revisions of listings that show the image."""
    revisions = ListingRevision.objects.filter(asset_shas__contains=[asset.sha256]).select_related("product").order_by("-id")
    return [Use(str(one), one.public_id, one.get_state_display()) for one in revisions[:SHOWN]]


def used_in_listings() -> Exists:
    """The condition on images that a revision shows them."""
    return Exists(ListingRevision.objects.filter(asset_shas__contains=[OuterRef("sha256")]))


def page_uses(asset: MediaAsset) -> list[Use]:
    """The versions of store pages that show the image."""
    versions = PageVersion.objects.filter(asset_shas__contains=[asset.sha256]).select_related("page__shop").order_by("-id")
    return [Use(f"{one.page.shop.code} {one}", one.public_id, one.get_state_display()) for one in versions[:SHOWN]]


def used_on_pages() -> Exists:
    """The condition on images that a version of a page shows them."""
    return Exists(PageVersion.objects.filter(asset_shas__contains=[OuterRef("sha256")]))


def writable_listings(actor: Actor) -> QuerySet[ListingRevision]:
    """Listings of the actor's shops that are being written and are nobody's to judge yet, newest first."""
    return revisions_for(actor).filter(state__in=LISTING_LIFECYCLE.transitions["submit"].sources).order_by("-id")
