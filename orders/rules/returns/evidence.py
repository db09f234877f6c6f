"""What a customer has to show, by the reason of the return."""

from collections.abc import Collection

from orders.enums.returns import EvidenceKind as K
from orders.enums.returns import ReturnReason as R

DEMANDED: dict[str, tuple[K, ...]] = {
    R.QUALITY: (K.FAULT, K.LABEL),
    R.DAMAGED: (K.DAMAGE, K.PACKAGE),
    R.WRONG_ITEM: (K.ITEM, K.LABEL),
    R.MISSING: (K.PACKAGE, K.ITEM),
    R.NOT_AS_DESCRIBED: (K.ITEM,),
    R.COLOUR: (K.ITEM,),
}


def missing(*, reasons: Collection[str], shown: Collection[str]) -> list[K]:
    """What is demanded for these reasons and has not been shown yet, each once, in the order of the checklist. SOP: S8"""
    demanded = dict.fromkeys(kind for reason in reasons for kind in DEMANDED.get(reason, ()))
    return [kind for kind in demanded if kind not in shown]


def still_asked(asked: Collection[str], *, shows: str) -> list[str]:
    """What the customer was asked to show and has not yet, once this has come. Where nothing was named, anything answers.

    SOP: S8
    """
    return [kind for kind in asked if kind != shows]
