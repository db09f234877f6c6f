"""The forms of suppliers' documents, which may bring a scan along."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSingleDateWidget

from catalog.enums.selection import DocumentKind
from catalog.models import SupplierDocument
from catalog.services.selection import documents
from catalog.services.selection.documents import Paper
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import LifecycleAdmin
from opsdesk.doors.api.problems import status_of

_NOT_PAPER = ("kind",)


def a_day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=UnfoldAdminSingleDateWidget)


class RenewalForm(CommandForm):
    """Asks for the newer document of the same kind."""

    number = forms.CharField(label=pgettext_lazy("document", "Number"), max_length=80)
    issued_on = a_day(_("Issued on"))
    expires_on = a_day(_("Expires on"), required=False, help_text=_("Empty: it does not expire."))
    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF or picture, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp", "class": "od-input"}),
    )

    def paper(self) -> Paper:
        """The form as what the service takes."""
        return Paper(**{name: value for name, value in self.cleaned_data.items() if name not in _NOT_PAPER})

    def refuse(self, error: DomainError) -> None:
        """What is wrong with the file stands beside its field."""
        if self.cleaned_data.get("upload") and not error.issues:
            self.add_error("upload", gettext(error.message_id) % error.params if error.params else gettext(error.message_id))
        else:
            super().refuse(error)


class DocumentForm(RenewalForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    field_order = ("kind", "number", "issued_on", "expires_on", "upload")


def add_document(*, supplier_id: int, form: DocumentForm, actor: Actor, now: datetime) -> SupplierDocument:
    """The form's one service call."""
    kind = form.cleaned_data["kind"]
    return documents.add_document(supplier_id=supplier_id, kind=kind, paper=form.paper(), actor=actor, now=now)


def renew_document(*, document_id: int, form: RenewalForm, actor: Actor, now: datetime) -> SupplierDocument:
    """The form's one service call."""
    return documents.renew_document(document_id=document_id, paper=form.paper(), actor=actor, now=now)


def takes_file(admin: LifecycleAdmin, command: str) -> bool:
    """True when the command's form takes a file."""
    return command in admin.commands and issubclass(admin.commands[command].form, RenewalForm)


def file_command(admin: LifecycleAdmin, request: HttpRequest, object_id: str, command: str) -> HttpResponse:
    """Ask for a document with its scan, call the command's service, and say what came of it."""
    obj, actor, chosen = admin.get_object(request, object_id), actor_of(request), admin.commands[command]
    if obj is None:
        raise Http404
    if not admin.has_view_permission(request, obj) or not actor.can(admin.lifecycle.transitions[command].permission):
        raise PermissionDenied
    form, status = chosen.form(*((request.POST, request.FILES) if request.method == "POST" else ())), 200
    page = reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", args=[obj.pk])
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with transaction.atomic():
                    chosen.run(**{admin.subject_argument: obj.pk}, form=form, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                messages.success(request, gettext("%(label)s: done.") % {"label": chosen.label})
                return HttpResponseRedirect(page)
    context = {"title": chosen.label, "form": form, "back": page, "opts": admin.opts, "original": obj}
    frame = admin.admin_site.each_context(request)
    return TemplateResponse(request, "catalog/selection/form.html", frame | context, status=status)
