"""The steps of everything that happens after publication, read top to bottom. Pure."""

from catalog.enums.quality import AccuracyState as A
from catalog.enums.quality import AuditState, CheckedField, ComplaintKind, FeedbackReason
from catalog.enums.quality import ComplaintState as C
from catalog.enums.quality import SuggestionState as S
from opsdesk.common.lifecycle import Lifecycle, Transition

_COMPLAINT = "catalog.work_qualitycomplaint"
COMPLAINT_LIFECYCLE = Lifecycle(
    Transition("take", {C.OPEN}, C.INVESTIGATING, permission=_COMPLAINT, sop="C27"),
    Transition("answer", {C.OPEN, C.INVESTIGATING}, C.ANSWERED, permission=_COMPLAINT, sop="C27"),
    Transition("close", {C.ANSWERED}, C.CLOSED, permission="catalog.close_qualitycomplaint", sop="C27"),
    Transition("reopen", {C.ANSWERED}, C.INVESTIGATING, permission="catalog.close_qualitycomplaint", sop="C27"),
    Transition("attach", {C.OPEN, C.INVESTIGATING, C.ANSWERED}, None, permission="catalog.add_qualitycomplaint", sop="C27"),
    Transition("decide_delisting", {C.ANSWERED, C.CLOSED}, None, permission="catalog.delist_listing", sop="C27"),
    Transition("confirm_stock", {C.ANSWERED, C.CLOSED}, None, permission="catalog.check_faulty_stock", sop="C27"),
)
_SUGGESTION = "catalog.work_suggestion"
SUGGESTION_LIFECYCLE = Lifecycle(
    Transition("accept", {S.OPEN}, S.ACCEPTED, permission=_SUGGESTION, sop="C19"),
    Transition("decline", {S.OPEN}, S.DECLINED, permission=_SUGGESTION, sop="C19"),
    Transition("published", {S.ACCEPTED}, S.PUBLISHED, permission=_SUGGESTION, sop="C19"),
    Transition("dropped", {S.ACCEPTED}, S.OPEN, permission=_SUGGESTION, sop="C19"),
    Transition("measure", {S.PUBLISHED}, S.MEASURED, permission=_SUGGESTION, sop="C19"),
)
ACCURACY_LIFECYCLE = Lifecycle(
    Transition("review", {A.CURRENT, A.TO_REVIEW}, None, permission="catalog.work_accuracycheck", sop="C18"),
    Transition("settle", {A.DIFFERENT}, A.CURRENT, permission="catalog.work_accuracycheck", sop="C18"),
)
AUDIT_LIFECYCLE = Lifecycle(
    Transition("close", {AuditState.OPEN}, AuditState.CLOSED, permission="catalog.open_qualityaudit", sop="C17"),
)
KEPT, DONE = "kept", "done"
ERROR_LIFECYCLE = Lifecycle(
    Transition("correct", {KEPT}, DONE, permission="catalog.correct_listingerror", sop="C17"),
)
STOREFRONT_LIFECYCLE = Lifecycle(
    Transition("edit", {KEPT}, None, permission="catalog.change_storefront", sop="C15"),
    Transition("try", {KEPT}, None, permission="catalog.change_storefront", sop="C15"),
)

REASON_OF: dict[str, FeedbackReason] = {  # how a complaint counts among the customers' feedback
    ComplaintKind.DAMAGED: FeedbackReason.DAMAGED,
    ComplaintKind.DEFECT: FeedbackReason.QUALITY,
    ComplaintKind.WRONG_DESCRIPTION: FeedbackReason.NOT_AS_DESCRIBED,
    ComplaintKind.SIZE: FeedbackReason.SIZE,
    ComplaintKind.OTHER: FeedbackReason.OTHER,
}
CHECKED_FIELDS = tuple(field for field in CheckedField if field != CheckedField.STOCK)
