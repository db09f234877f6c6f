"""How a version looks: its blocks with their products and the very images that customers will see."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from django.http import HttpResponse
from django.template.response import TemplateResponse

from catalog.models import MediaAsset, PageVersion, Product
from catalog.queries.pages import blocks_of
from catalog.rules.media.wording import path_of, sha_in
from catalog.rules.pages.blocks import Block
from opsdesk.doors.middleware import policy_with_images


@dataclass(frozen=True)
class Shown:
    """A block as the preview shows it; `picture` is empty when there is no address to fetch the image from."""

    block: Block
    products: Sequence[Product]
    picture: str


def preview(version: PageVersion) -> list[Shown]:
    """The blocks of the version. Images of the library come from here, whatever host their address names."""
    blocks = blocks_of(version)
    codes = {code for block in blocks for code in block.products}
    products = {product.code: product for product in Product.objects.filter(code__in=codes)}
    own = {
        asset.sha256: path_of(asset.sha256, asset.format) for asset in MediaAsset.objects.filter(sha256__in=version.asset_shas)
    }
    return [
        Shown(
            block,
            [products[code] for code in block.products if code in products],
            own.get(sha_in(block.image)) or _outside(block.image, version.page.address),
        )
        for block in blocks
    ]


def _outside(image: str, page: str) -> str:
    """The address of an image of the shop's own site; a path is one within the site that the page is on."""
    address = urljoin(page, image)
    return address if address.startswith(("https://", "http://")) else ""


def with_pictures(response: HttpResponse) -> HttpResponse:
    """Let the answer's page load the images of its preview, and no others from elsewhere."""
    if isinstance(response, TemplateResponse):
        context = response.context_data or {}
        shown = [*context.get("blocks", ()), *context.get("live_blocks", ())]
        response["Content-Security-Policy"] = policy_with_images(one.picture for one in shown)
    return response
