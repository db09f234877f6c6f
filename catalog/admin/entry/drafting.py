"""What the form of a listing asks the server while somebody writes: the category's fields, and how complete it is."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from catalog.admin.entry.category_fields import PREFIX
from catalog.admin.listing_forms import ListingForm, field_label
from catalog.admin.listing_judging import JudgingAdmin
from catalog.admin.listing_writing import Cell, Remark, Sheet, finding_of, offered_to, progress_of
from catalog.queries.listings import revisions_for
from catalog.services import drafts
from catalog.services.entry.waivers import waive_finding
from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import ReasonForm, posted
from opsdesk.doors.api.problems import status_of
from opsdesk.doors.words import say


class WaiverForm(ReasonForm):
    """Asks why, for exactly the content that is shown."""

    seen_hash = forms.CharField(widget=forms.HiddenInput)


class DraftingAdmin(JudgingAdmin):
    """The part of the revisions' admin that answers while a listing is written, and in which findings are waived."""

    def drafting_urls(self) -> list[URLPattern]:
        """The addresses of these answers."""
        wrap = self.admin_site.admin_view
        fields, check = wrap(require_GET(self.fields_view)), wrap(require_POST(self.check_view))
        return [
            path("category-fields/", fields, name="catalog_listingrevision_fields"),
            path("check/", check, name="catalog_listingrevision_check"),
            path("<path:object_id>/waive/<int:issue_id>/", wrap(self.waive_view), name="catalog_listingrevision_waive"),
        ]

    def fields_view(self, request: HttpRequest) -> HttpResponse:
        """The fields of the form of a category, empty. SOP: C5"""
        actor = actor_of(request)
        if not actor.can("catalog.add_listingrevision"):
            raise PermissionDenied
        form = ListingForm(None, offered=offered_to(actor, request.GET.get("category", "")))
        cells = [Cell(form[name], ()) for name in form.fields if name.startswith(PREFIX)]
        return render(request, "catalog/entry/category_fields.html", {"cells": cells})

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """How complete what is on the screen is, and what the check would find; nothing is kept. SOP: C5, C16"""
        actor = actor_of(request)
        if not actor.can("catalog.add_listingrevision"):
            raise PermissionDenied
        revision = revisions_for(actor).filter(public_id=request.GET.get("of", "")).first()
        sheet = Sheet(actor, revision=revision, fixed_code=revision is not None, data=request.POST)
        if not sheet.is_valid():
            return HttpResponse(status=422)
        content, code = sheet.content(), sheet.form.cleaned_data["code"]
        try:
            findings = drafts.preview_draft(code=code, content=content, actor=actor)
        except DomainError:
            return HttpResponse(status=422)
        found = [
            (field_label(finding.pointer), Remark(finding.severity, say(finding.message, finding.params)))
            for finding in findings
        ]
        errors = sum(finding.blocks for finding in findings)
        context = {"progress": progress_of(content), "found_now": found, "errors": errors, "warnings": len(found) - errors}
        return render(request, "catalog/entry/progress.html", context)

    def waive_view(self, request: HttpRequest, object_id: str, issue_id: int) -> HttpResponse:
        """Take responsibility for one finding of exactly the content that is shown. SOP: C13"""
        revision, actor = self.get_object(request, object_id), actor_of(request)
        if revision is None:
            raise Http404
        if not self.has_view_permission(request, revision) or not actor.can("catalog.waive_finding"):
            raise PermissionDenied
        form, status = WaiverForm(posted(request), initial={"seen_hash": revision.content_hash}), 200
        if request.method == "POST" and form.is_valid():
            try:
                waive_finding(revision_id=revision.pk, issue_id=issue_id, **form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                messages.success(request, _t("Waived."))
                return HttpResponseRedirect(reverse("admin:catalog_listingrevision_change", args=[revision.pk]))
        elif request.method == "POST":
            status = 422
        context = self.admin_site.each_context(request) | {
            "title": _("Waive a finding"),
            "form": form,
            "finding": finding_of(revision, issue_id),
            "opts": self.opts,
            "original": revision,
        }
        return TemplateResponse(request, "catalog/entry/waive.html", context, status=status)
