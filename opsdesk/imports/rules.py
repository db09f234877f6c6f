"""The way of an import from the upload to the shop's data."""

from opsdesk.common.lifecycle import Lifecycle, Transition

UPLOADED, PREVIEWED, APPLYING, APPLIED, FAILED = "uploaded", "previewed", "applying", "applied", "failed"


def lifecycle(permission: str) -> Lifecycle:
    """The steps of an import; whoever may use its importer may take them all."""
    ours = "Ours: 0013"
    return Lifecycle(
        Transition("preview", {UPLOADED}, PREVIEWED, permission=permission, sop=ours),
        Transition("apply", {PREVIEWED}, APPLYING, permission=permission, sop=ours),
        Transition("finish", {APPLYING}, APPLIED, permission=permission, sop=ours),
        Transition("check_again", {APPLYING}, UPLOADED, permission=permission, sop=ours),
        Transition("fail", {UPLOADED, APPLYING}, FAILED, permission=permission, sop=ours),
    )
