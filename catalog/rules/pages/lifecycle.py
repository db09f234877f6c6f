"""The states of a page's version and the steps between them, read top to bottom. Pure."""

from catalog.enums.pages import FindingState, PageReviewState
from catalog.enums.pages import PageState as S
from opsdesk.common.lifecycle import Lifecycle, Transition

OPEN = (S.DRAFT, S.CHANGES_REQUESTED, S.IN_REVIEW, S.APPROVED)
_WRITE, _RELEASE, _PUBLISH = "catalog.change_contentpage", "catalog.release_page", "catalog.publish_page"

PAGE_LIFECYCLE = Lifecycle(
    Transition("edit", OPEN, S.DRAFT, permission=_WRITE, sop="C25"),
    Transition("submit", {S.DRAFT, S.CHANGES_REQUESTED}, S.IN_REVIEW, permission=_WRITE, sop="C25"),
    Transition("withdraw", {S.IN_REVIEW, S.APPROVED}, S.DRAFT, permission=_WRITE, sop="C25"),
    Transition("approve", {S.IN_REVIEW}, S.APPROVED, permission=_RELEASE, sop="C25"),
    Transition("return", {S.IN_REVIEW}, S.CHANGES_REQUESTED, permission=_RELEASE, sop="C25"),
    Transition("reject", {S.IN_REVIEW}, S.REJECTED, permission=_RELEASE, sop="C25"),
    Transition("schedule", {S.APPROVED}, None, permission=_PUBLISH, sop="C25"),
    Transition("publish", {S.APPROVED}, S.LIVE, permission=_PUBLISH, sop="C25"),
    Transition("replace", {S.LIVE}, S.REPLACED, permission=_PUBLISH, sop="C25"),
)

PAGE_REVIEW_LIFECYCLE = Lifecycle(
    Transition("record", {PageReviewState.PENDING}, PageReviewState.DONE, permission="catalog.look_at_page", sop="C25"),
)
PAGE_FINDING_LIFECYCLE = Lifecycle(
    Transition("finish", {FindingState.OPEN}, FindingState.DONE, permission="catalog.look_at_page", sop="C25"),
)
