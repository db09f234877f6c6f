"""Forms of commands, dressed as the rest of the back-office."""

from typing import Any

from django import forms
from unfold import widgets

from opsdesk.common.errors import DomainError
from opsdesk.doors.words import say

_DRESS: tuple[tuple[type[forms.Field], type[forms.Widget]], ...] = (
    (forms.BooleanField, widgets.UnfoldBooleanWidget),
    (forms.MultipleChoiceField, widgets.UnfoldAdminCheckboxSelectMultipleWidget),
    (forms.ChoiceField, widgets.UnfoldAdminSelectWidget),
    (forms.DecimalField, widgets.UnfoldAdminDecimalFieldWidget),
    (forms.IntegerField, widgets.UnfoldAdminIntegerFieldWidget),
    (forms.CharField, widgets.UnfoldAdminTextInputWidget),
)


class CommandForm(forms.Form):
    """A form whose fields become the service's arguments."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self._dress(field)

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

    reason = forms.CharField(max_length=500, widget=forms.Textarea)
