"""What the screens of solutions ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.forms import CommandForm
from opsdesk.files.models import StoredFile
from orders.enums.returns import EvidenceKind, ReturnReason, ReturnType
from orders.queries.returns.solutions import Basis
from orders.services.returns.requesting import Wish
from support.enums.solving import AskedBy, Said
from support.services.solving.starting import SolutionDraft

_BY_HAND = [one for one in AskedBy.choices if one[0] != AskedBy.SURVEY]


class ConfirmForm(CommandForm):
    """How the customer was asked, and what they said."""

    channel = forms.ChoiceField(label=_("Asked by"), choices=_BY_HAND)
    said = forms.ChoiceField(label=_("What came of it"), choices=Said.choices)
    words = forms.CharField(label=_("What was said"), max_length=1000, widget=forms.Textarea)


class SolutionForm(CommandForm):
    """What the customer gets, of every line how many pieces and why, and what they have shown."""

    type_ = forms.ChoiceField(label=_("Solution"), choices=ReturnType.choices)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, basis: Basis, files: list[StoredFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [piece.sku for piece in basis.pieces if piece.left]
        for place, piece in enumerate(piece for piece in basis.pieces if piece.left):
            label = _("%(sku)s %(title)s: pieces") % {"sku": piece.sku, "title": piece.title}
            self.fields[f"quantity_{place}"] = forms.IntegerField(label=label, min_value=0, max_value=piece.left, initial=0)
            reasons = [one for one in ReturnReason.choices if one[0] != ReturnReason.NO_REASON or piece.no_reason]
            self.fields[f"reason_{place}"] = forms.ChoiceField(label=_("Reason"), choices=reasons)
        if files:
            names = [(file.public_id, file.original_name) for file in files]
            self.fields["files"] = forms.MultipleChoiceField(
                label=_("Evidence"), choices=names, required=False, widget=forms.CheckboxSelectMultiple
            )
            self.fields["shows"] = forms.ChoiceField(label=_("It shows"), choices=EvidenceKind.choices)

    def draft(self) -> SolutionDraft:
        """What the service takes."""
        data = self.cleaned_data
        wishes = [
            Wish(code, data[f"quantity_{place}"], data[f"reason_{place}"])
            for place, code in enumerate(self.codes)
            if data[f"quantity_{place}"]
        ]
        return SolutionDraft(data["type_"], wishes, data["note"], data.get("files", ()), data.get("shows", EvidenceKind.OTHER))
