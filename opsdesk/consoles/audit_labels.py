"""What the audit trail's actions of the kernel are called."""

from opsdesk.common.text import mark

LABELS = {
    "accounts.roles_set": mark("Roles set"),
    "accounts.access_set": mark("Access set"),
    "accounts.password_changed": mark("Password changed"),
    "accounts.api_client_created": mark("API client made"),
    "shops.created": mark("Shop opened"),
    "shops.changed": mark("Shop changed"),
    "parameters.overridden": mark("Parameter changed"),
    "notices.resent": mark("Notice sent again"),
    "handover.given": mark("Shift handed over"),
    "handover.accepted": mark("Shift taken over"),
    "handover.sent_back": mark("Handover sent back"),
    "workcalendar.loaded": mark("Calendar days entered"),
    "imports.uploaded": mark("Table uploaded"),
    "imports.ordered": mark("Import ordered"),
    "imports.applied": mark("Import written"),
    "reviews.requested": mark("Review requested"),
    "reviews.approved": mark("Review: approved"),
    "reviews.returned": mark("Review: changes requested"),
    "reviews.rejected": mark("Review: rejected"),
}
