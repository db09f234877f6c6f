"""The SOP's numbers: what is in force, who changed it and why, and changing it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.consoles.pages.base import actor_with, page
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.parameters.definitions import REGISTER
from opsdesk.parameters.queries import history, number
from opsdesk.parameters.services import override

VIEW, CHANGE = "parameters.view_parameteroverride", "parameters.change_parameteroverride"


class OverrideForm(CommandForm):
    """The new number and the reason for it."""

    value = forms.IntegerField(label=gettext_lazy("New value"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea)


def parameter_list(request: HttpRequest) -> HttpResponse:
    """All parameters with the number in force."""
    actor = actor_with(request, VIEW)
    rows = [
        {"parameter": parameter, "number": number(code, parameter.default)}
        for code, parameter in sorted(REGISTER.items(), key=lambda item: (item[1].sop, item[0]))
    ]
    return page(request, "consoles/parameters.html", title=_("Parameters"), rows=rows, may_change=actor.can(CHANGE))


def parameter_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One parameter: its history, and the form that puts another number in force."""
    actor = actor_with(request, CHANGE if request.method == "POST" else VIEW)
    if code not in REGISTER:
        raise Http404
    parameter = REGISTER[code]
    form = OverrideForm(posted(request), initial={"value": number(code, parameter.default)})
    if request.method == "POST" and form.is_valid():
        try:
            override(code=code, **form.cleaned_data, actor=actor, now=clock.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The new value is in force."))
            return HttpResponseRedirect(reverse("admin:parameter", args=[code]))
    return page(
        request,
        "consoles/parameter.html",
        status=422 if form.errors else 200,
        title=_(parameter.title),
        parameter=parameter,
        number=number(code, parameter.default),
        history=history(code),
        form=form if actor.can(CHANGE) else None,
    )
