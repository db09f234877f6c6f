"""Questions of delisting that wait for an answer."""

from collections.abc import Collection

from catalog.enums.delisting import DelistState
from catalog.models import DelistProposal


def open_questions(codes: Collection[str]) -> dict[str, int]:
    """The open questions about these products, by product code. SOP: C20"""
    rows = DelistProposal.objects.filter(state=DelistState.OPEN, revision__product__code__in=codes)
    return dict(rows.order_by("-id").values_list("revision__product__code", "pk"))
