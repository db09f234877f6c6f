"""Forms of commands, dressed as the rest of the back-office."""

import unicodedata
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from opsdesk.common.errors import DomainError, Malformed
from opsdesk.doors.api.parsers import check_text
from opsdesk.doors.words import say

_DRESS: tuple[tuple[type[forms.Field], type[forms.Widget]], ...] = (
    (forms.BooleanField, widgets.UnfoldBooleanWidget),
    (forms.MultipleChoiceField, widgets.UnfoldAdminCheckboxSelectMultipleWidget),
    (forms.ChoiceField, widgets.UnfoldAdminSelectWidget),
    (forms.DecimalField, widgets.UnfoldAdminDecimalFieldWidget),
    (forms.IntegerField, widgets.UnfoldAdminIntegerFieldWidget),
    (forms.CharField, widgets.UnfoldAdminTextInputWidget),
)


_BROWSERS_LINE_END = "\r\n"  # what every browser sends for a line of a textarea


def _plain(text: str) -> None:
    """Raises: ValidationError, for characters that REST refuses as well."""
    try:
        check_text(text.replace(_BROWSERS_LINE_END, "\n"), "")
    except Malformed as refusal:
        raise forms.ValidationError(say(refusal.message_id, refusal.params)) from refusal


def _one_line(text: str) -> None:
    if "\n" in text or "\r" in text:
        raise forms.ValidationError(gettext("It must be one line."))


def _same(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace(_BROWSERS_LINE_END, "\n"))


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: everything that was posted, even if it is nothing; None when the form is only shown."""
    return request.POST if request.method == "POST" else None


class CommandForm(forms.Form):
    """A form whose fields become the service's arguments; texts keep to the rules of the REST fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self.prepare(field)

    def prepare(self, field: forms.Field) -> None:
        """Bring a field to the rules and the dress of all; for fields that a form adds to itself."""
        if isinstance(field, forms.CharField):
            field.validators.append(_plain)
            if not isinstance(field.widget, forms.Textarea):
                field.validators.append(_one_line)
        self._dress(field)

    def clean(self) -> dict[str, Any]:
        """The same text is the same characters."""
        data = super().clean() or self.cleaned_data
        return {name: _same(value) if type(value) is str else value for name, value in data.items()}

    def refuse(self, error: DomainError) -> None:
        """Show why the service refused: the whole, and each issue in its place where the form has one."""
        if not error.issues:
            self.add_error(None, say(error.message_id, error.params))
        for issue in error.issues:
            field = issue.pointer.lstrip("/").split("/")[0]
            self.add_error(field if field in self.fields else None, say(issue.message, issue.params))

    def _dress(self, field: forms.Field) -> None:
        if isinstance(field.widget, forms.Textarea):
            field.widget = widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3})
        elif not field.widget.is_hidden:
            for kind, widget in _DRESS:
                if isinstance(field, kind):
                    choices = getattr(field, "choices", None)
                    field.widget = widget(choices=choices) if choices is not None else widget()  # type: ignore[call-arg]
                    break
        field.widget.is_required = field.required


class ReasonForm(CommandForm):
    """Asks why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)
