"""Products from a table: each becomes a draft, checked as every draft is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from catalog.models import ListingRevision, Product
from catalog.queries.entry.vocabulary import Vocabulary, form_of, path_of, read_vocabulary
from catalog.queries.listing_facts import resolve_category
from catalog.rules.content import ListingContent, content_hash
from catalog.rules.entry.attributes import Attribute
from catalog.rules.entry.sheets import ProductSheet, put_together
from catalog.rules.findings import Finding
from catalog.rules.listing_lifecycle import OPEN
from catalog.services import drafts
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Issue
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult
from opsdesk.imports.enums import Outcome


@dataclass(frozen=True)
class _Known:
    """What a batch is judged by: the vocabulary, and of each known product the hash of the draft in work, or nothing."""

    vocabulary: Vocabulary
    drafts: Mapping[str, str]
    categories: dict[tuple[str, ...], str]
    forms: dict[str, tuple[Attribute, ...]]


_BESIDE = (Issue("", "product_refused", mark("Another row of this product is refused.")),)


@transaction.atomic
def import_products(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Write each product of the table as a draft, or say what would be found wrong with it.

    An incomplete product is a draft all the same: its problems stand beside its rows. Refused are unknown shops, codes
    of another shop's products, and rows that contradict each other or cannot be read, with all rows of their product.
    What all products are judged by is read once; each is then written by itself, in a fixed number of statements.
    Raises: Forbidden.
    SOP: C3, C5, C16
    """
    actor.require("catalog.add_listingrevision")
    sheets = put_together([replace(row.data, number=row.number) for row in rows])
    known = _Known(read_vocabulary(), _drafts([sheet.code for sheet in sheets]), {}, {})
    return [result for sheet in sheets for result in _one(sheet, known, write, actor, now)]


def _one(sheet: ProductSheet, known: _Known, write: bool, actor: Actor, now: datetime) -> list[RowResult]:
    if sheet.conflicts:
        return _results(sheet, Outcome.REFUSED, {number: sheet.conflicts.get(number, _BESIDE) for number in sheet.numbers})
    try:
        content = _content(sheet, known, actor)
        if unasked := _unasked(sheet, content.category, known):
            return _results(sheet, Outcome.REFUSED, {number: unasked.get(number, _BESIDE) for number in sheet.numbers})
        if write:
            words = known.vocabulary
            draft = drafts.create_draft(
                code=sheet.code, content=content, from_table=True, actor=actor, now=now, vocabulary=words
            )
            findings, created = draft.findings, draft.created
        else:
            findings = drafts.preview_draft(code=sheet.code, content=content, actor=actor, vocabulary=known.vocabulary)
            created = known.drafts.get(sheet.code) != content_hash(drafts.canonical(content, known.vocabulary))
    except DomainError as refusal:
        issues = refusal.issues or [Issue("", refusal.error_code, refusal.message_id, refusal.params)]
        return _results(sheet, Outcome.REFUSED, _by_row(sheet, issues))
    outcome = Outcome.UPDATED if sheet.code in known.drafts else Outcome.CREATED
    return _results(sheet, outcome if created else Outcome.EXISTING, _by_row(sheet, [_issue(found) for found in findings]))


def _content(sheet: ProductSheet, known: _Known, actor: Actor) -> ListingContent:
    if sheet.category not in known.categories:
        known.categories[sheet.category] = resolve_category(sheet.category)
    shops = sheet.content.shops or drafts.default_shops(code=sheet.code, actor=actor)
    return replace(sheet.content, category=known.categories[sheet.category], shops=shops)


def _unasked(sheet: ProductSheet, category: str, known: _Known) -> dict[int, list[Issue]]:
    """The columns of specifications that the product's category has no field for."""
    if not any(sheet.columns.values()):
        return {}
    if category not in known.forms:
        known.forms[category] = form_of(path_of(category))
    return sheet.unasked(known.forms[category])


def _drafts(codes: Sequence[str]) -> dict[str, str]:
    """Of every product that is known, the hash of the draft in work, empty if there is none."""
    hashes = dict.fromkeys(Product.objects.filter(code__in=codes).values_list("code", flat=True), "")
    in_work = ListingRevision.objects.filter(product__code__in=codes, state__in=OPEN)
    return hashes | dict(in_work.values_list("product__code", "content_hash"))


def _issue(finding: Finding) -> Issue:
    return Issue(finding.pointer, finding.code, finding.message, finding.params)


def _by_row(sheet: ProductSheet, issues: Sequence[Issue]) -> dict[int, list[Issue]]:
    found: dict[int, list[Issue]] = {}
    for issue in issues:
        number, column = sheet.place_of(issue.pointer)
        found.setdefault(number, []).append(replace(issue, pointer=column if issue.pointer else ""))
    return found


def _results(sheet: ProductSheet, outcome: Outcome, issues: Mapping[int, Sequence[Issue]]) -> list[RowResult]:
    return [RowResult(number, outcome, sheet.code, issues.get(number, ())) for number in sheet.numbers]
