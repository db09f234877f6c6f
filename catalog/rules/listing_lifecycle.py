"""The states of a listing's revision and the steps between them, read top to bottom. Pure."""

from catalog.enums.listings import CheckState
from catalog.enums.listings import RevisionState as S
from opsdesk.common.lifecycle import Lifecycle, Transition

OPEN = (S.DRAFT, S.CHANGES_REQUESTED, S.MATERIAL_REVIEW, S.FINAL_REVIEW, S.APPROVED)
TAKEN = (*OPEN, S.LISTED)
IN_REVIEW = (S.MATERIAL_REVIEW, S.FINAL_REVIEW)
_SUBMITTED = (*IN_REVIEW, S.APPROVED)
_WRITTEN = (S.DRAFT, S.CHANGES_REQUESTED)

LISTING_LIFECYCLE = Lifecycle(
    Transition("edit", OPEN, S.DRAFT, permission="catalog.change_listingrevision", sop="C5"),
    Transition("submit", _WRITTEN, S.MATERIAL_REVIEW, permission="catalog.submit_listing", sop="C4"),
    Transition("withdraw", _SUBMITTED, S.DRAFT, permission="catalog.submit_listing", sop="C13"),
    Transition("waive_margin", _WRITTEN, None, permission="catalog.waive_margin", sop="C10"),
    Transition("waive_finding", (*_WRITTEN, *IN_REVIEW), None, permission="catalog.waive_finding", sop="C13"),
    Transition("pass_material", {S.MATERIAL_REVIEW}, S.FINAL_REVIEW, permission="catalog.review_material", sop="C4"),
    Transition("return_material", {S.MATERIAL_REVIEW}, S.CHANGES_REQUESTED, permission="catalog.review_material", sop="C4"),
    Transition("reject_material", {S.MATERIAL_REVIEW}, S.REJECTED, permission="catalog.review_material", sop="C4"),
    Transition("release", {S.FINAL_REVIEW}, S.APPROVED, permission="catalog.release_listing", sop="C13"),
    Transition("return_final", {S.FINAL_REVIEW}, S.CHANGES_REQUESTED, permission="catalog.release_listing", sop="C13"),
    Transition("reject_final", {S.FINAL_REVIEW}, S.REJECTED, permission="catalog.release_listing", sop="C13"),
    Transition("schedule", {S.APPROVED}, None, permission="catalog.publish_listing", sop="C14"),
    Transition("publish", {S.APPROVED}, S.LISTED, permission="catalog.publish_listing", sop="C14"),
    Transition("delist", {S.LISTED}, S.DELISTED, permission="catalog.delist_listing", sop="C20"),
    Transition("relist", {S.DELISTED}, S.LISTED, permission="catalog.publish_listing", sop="C14"),
    Transition("replace_draft", OPEN, S.ARCHIVED, permission="catalog.add_listingrevision", sop="C5"),
    Transition("replace_live", {S.LISTED, S.DELISTED}, S.ARCHIVED, permission="catalog.publish_listing", sop="C14"),
)

CHECK_LIFECYCLE = Lifecycle(
    Transition("record", {CheckState.PENDING, CheckState.FAILED}, None, permission="catalog.work_postpublishcheck", sop="C15"),
    Transition("probe", {CheckState.PENDING, CheckState.FAILED}, None, permission="catalog.work_postpublishcheck", sop="C15"),
)
