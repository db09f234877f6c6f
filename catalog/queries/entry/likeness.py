"""Which other products use a title, a barcode or a SKU code already, or something much like it."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from catalog.models import ListingRevision, MediaAsset, Product, Sku
from catalog.parameters.entry import TITLE_LIKENESS
from catalog.parameters.media import NEAR_BITS
from catalog.rules.content import ListingContent
from catalog.rules.entry.likeness import AlikeTitle
from catalog.rules.listing_lifecycle import OPEN, TAKEN
from catalog.rules.media.likeness import bands, distance
from catalog.rules.media.wording import sha_in
from catalog.rules.wording import normalised
from opsdesk.parameters.queries import value

CANDIDATES = 500  # images that share a band with one of ours; more would be looked at one by one for nothing
_ALIKE = """
    SELECT found.code, found.title, found.likeness FROM (
        (SELECT p.code, r.title, similarity(r.title_key, %(key)s) AS likeness
        FROM catalog_listingrevision r JOIN catalog_product p ON p.id = r.product_id
        WHERE r.title_key %% %(key)s AND r.state IN %(states)s AND p.id <> %(own)s
        ORDER BY likeness DESC LIMIT 1)
        UNION ALL
        (SELECT p.code, p.title, similarity(p.title, %(title)s)
        FROM catalog_product p
        WHERE p.title %% %(title)s AND p.latest_revision_id IS NULL AND p.id <> %(own)s
        ORDER BY 3 DESC LIMIT 1)
    ) AS found
    WHERE found.likeness >= %(least)s ORDER BY found.likeness DESC LIMIT 1
"""


def title_taken(content: ListingContent, product: Product | None) -> str:
    """The code of another product with the very same title, empty if there is none. SOP: C13"""
    if not content.title:
        return ""
    own = product.pk if product else None
    revisions = ListingRevision.objects.filter(title_key=normalised(content.title), state__in=TAKEN).exclude(product=own)
    products = Product.objects.filter(title=content.title).exclude(pk__in=[own] if own else [])
    found = revisions.values_list("product__code", flat=True).first()
    return found or products.values_list("code", flat=True).first() or ""


def title_alike(content: ListingContent, product: Product | None) -> AlikeTitle | None:
    """The title of another product that is most like this one's, if it is as much alike as the parameter says.

    SOP: C13
    """
    key = normalised(content.title)
    if not key:
        return None
    least = value(TITLE_LIKENESS) / 100
    named: dict[str, Any] = {
        "key": key,
        "title": content.title,
        "states": tuple(str(state) for state in TAKEN),
        "own": product.pk if product else 0,
        "least": least,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(least)])
        cursor.execute(_ALIKE, named)
        row = cursor.fetchone()
    return AlikeTitle(row[0], row[1], round(row[2] * 100)) if row else None


def skus_taken(codes: Sequence[str], product: Product | None) -> dict[str, str]:
    """The product code by SKU code, for SKU codes that other products use. SOP: C13"""
    own = product.pk if product else None
    taken: dict[str, str] = {}
    open_elsewhere = ListingRevision.objects.filter(sku_codes__overlap=list(codes), state__in=OPEN).exclude(product=own)
    for product_code, theirs in open_elsewhere.values_list("product__code", "sku_codes"):
        taken |= dict.fromkeys(theirs, product_code)
    taken.update(Sku.objects.filter(code__in=codes).exclude(product=own).values_list("code", "product__code"))
    return taken


def barcodes_taken(content: ListingContent, product: Product | None) -> dict[str, str]:
    """The SKU code by barcode, for barcodes that SKUs of other products have. SOP: C5, C13"""
    wanted = {sku.barcode for sku in content.skus if sku.barcode}
    if not wanted:
        return {}
    own = product.pk if product else None
    open_elsewhere = ListingRevision.objects.filter(barcodes__overlap=sorted(wanted), state__in=OPEN).exclude(product=own)
    taken = {
        sku["barcode"]: sku["sku"] for skus in open_elsewhere.values_list("skus", flat=True) for sku in skus if sku["barcode"]
    }
    taken.update(Sku.objects.filter(barcode__in=wanted).exclude(product=own).values_list("barcode", "code"))
    return taken


def images_alike(content: ListingContent, product: Product | None) -> dict[str, str]:
    """The product code by address, for images of the library that another product shows, or one that looks the same.

    SOP: C13
    """
    addresses = {sha_in(image.url): image.url for image in content.images if sha_in(image.url)}
    ours = dict(MediaAsset.objects.filter(sha256__in=addresses).values_list("sha256", "dhash"))
    if not ours:
        return {}
    wanted = sorted({band for dhash in ours.values() for band in bands(dhash)})
    found = MediaAsset.objects.filter(bands__overlap=wanted).order_by("-id").values_list("sha256", "dhash")[:CANDIDATES]
    limit = value(NEAR_BITS)
    alike = {sha: {other for other, theirs in found if distance(dhash, theirs) <= limit} for sha, dhash in ours.items()}
    showing = ListingRevision.objects.filter(asset_shas__overlap=sorted(set().union(*alike.values())), state__in=TAKEN)
    uses = list(showing.exclude(product=product.pk if product else None).values_list("product__code", "asset_shas"))
    return {addresses[sha]: code for sha, others in alike.items() for code, shown in uses if others.intersection(shown)}
