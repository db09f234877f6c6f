"""Deciding on the lines of a selection list, and making drafts of what was accepted."""

from datetime import datetime

from django.db import transaction

from catalog.enums.selection import LineDecision, SelectionState
from catalog.errors import NotAcceptable
from catalog.models import Product, SelectionLine, SelectionList
from catalog.parameters.selection import DRAFT_SELECTION
from catalog.queries.selection.lines import examine
from catalog.rules.content import ListingContent, SkuContent
from catalog.rules.selection.lifecycles import LINE_LIFECYCLE, SELECTION_LIFECYCLE
from catalog.services.drafts import Draft, create_draft
from catalog.services.selection.lines import LINE, require_qualified, rescore
from catalog.services.selection.lists import DECIDE, DRAFTS, KIND, lock_line, move, require_independent, undecided
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, Stale
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from opsdesk.shops.queries import visible_to


@transaction.atomic
def decide_line(*, line_id: int, verdict: str, version: int, reason: str, actor: Actor, now: datetime) -> SelectionLine:
    """Accept, reject or postpone the line as it was seen; with the last one the list is decided.

    Nothing is accepted that has not all scores, the least score, a clean quality record and a qualified supplier. A
    reason is needed for everything but an acceptance without any warning.
    Raises: NotFound, Forbidden, Conflict (who wrote it), IllegalTransition, Stale, NotAcceptable, Invalid (no reason).
    SOP: C1, C2
    """
    line = lock_line(line_id)
    selection = line.selection
    SELECTION_LIFECYCLE.enter("decide", selection.state, actor)
    step = LINE_LIFECYCLE.enter(verdict, line.decision, actor)
    require_independent(selection, actor)
    if line.version != version:
        raise Stale(mark("The line has changed since you opened it; look at it again."))
    rescore(line, now)
    _require_grounds(line, verdict, reason.strip(), now)
    line.decision, line.reason = LineDecision(step.target or line.decision), reason.strip()
    line.decided_by_id, line.decided_at = actor.staff_id, now
    line.save(update_fields=["decision", "reason", "decided_by", "decided_at", "score", "margin"])
    after = {"line": line.no, "decision": str(line.decision)}
    for kind, subject in ((LINE, line.public_id), (KIND, selection.public_id)):
        record(Change(f"selection.line_{step.name}", kind, subject, after=after, reason=line.reason), actor=actor, now=now)
    if not undecided(selection):
        _conclude(selection, actor, now)
    return line


@transaction.atomic
def make_product(*, line_id: int, actor: Actor, now: datetime) -> Draft:
    """Write the first draft of the listing of an accepted idea; once.

    It carries the idea as title, the category, the supplier, the shops of the platforms and one SKU with the prices.
    Its supplier must be qualified still.
    Raises: NotFound, Forbidden, IllegalTransition (not accepted), Conflict (made already, list closed, no such shop),
    Invalid (supplier suspended), UnqualifiedSupplier (a document has expired since).
    SOP: C1, C2, C5
    """
    line = lock_line(line_id)
    LINE_LIFECYCLE.enter("make_product", line.decision, actor)
    _require_draftable(line, now)
    selection = line.selection
    shops = tuple(shop.code for shop in visible_to(actor) if shop.platform in line.platforms)
    if not shops:
        raise Conflict(mark("You see no shop on the platforms of this line."), code="no_shop")
    code = f"SEL-{selection.pk:04d}-{line.no:02d}"
    if Product.objects.filter(code=code).exists():
        raise Conflict(mark("The product code %(product)s is taken."), code="code_taken", product=code)
    draft = create_draft(code=code, content=_content(line, code, shops), actor=actor, now=now)
    line.product_id = draft.revision.product_id
    line.save(update_fields=["product"])
    _tell_drafted(line, draft, actor, now)
    if selection.state == SelectionState.DECIDED and not _undrafted(selection):
        resolve(kind=DRAFTS, subject_ids=[selection.public_id], outcome="drafted", actor=actor, now=now)
    return draft


def _require_draftable(line: SelectionLine, now: datetime) -> None:
    if line.selection.state == SelectionState.CLOSED:
        raise Conflict(mark("The selection list is closed."), code="list_closed")
    if line.product_id is not None:
        raise Conflict(mark("A draft was made of this line already."), code="already_made")
    require_qualified(line.supplier_id or 0, today=now.astimezone(SHOP_TIME).date())


def _require_grounds(line: SelectionLine, verdict: str, reason: str, now: datetime) -> None:
    examined = examine(line, today=now.astimezone(SHOP_TIME).date())
    if verdict == "accept":
        if not examined.is_acceptable:
            raise NotAcceptable(
                issues=[
                    Issue(found.pointer, found.code, found.message, found.params) for found in examined.findings if found.blocks
                ]
            )
        if examined.findings and not reason:
            text = mark("There are warnings; say why it is accepted all the same.")
            raise Invalid(text, code="reason_required", issues=[Issue("/reason", "reason_required", text)])
    elif not reason:
        text = mark("A reason is required.")
        raise Invalid(text, code="reason_required", issues=[Issue("/reason", "reason_required", text)])


def _conclude(selection: SelectionList, actor: Actor, now: datetime) -> None:
    step = SELECTION_LIFECYCLE.enter("conclude", selection.state, actor)
    selection.decided_at, selection.decided_by_id = now, actor.staff_id
    move(selection, step, actor=actor, now=now, columns=["decided_at", "decided_by"])
    resolve(kind=DECIDE, subject_ids=[selection.public_id], outcome="decided", actor=actor, now=now)
    if _undrafted(selection):
        due_at = now + value(DRAFT_SELECTION)
        raise_item(Work(DRAFTS, KIND, selection.public_id, due_at, params={"title": selection.title}), now=now)


def _undrafted(selection: SelectionList) -> bool:
    return selection.lines.filter(decision=LineDecision.ACCEPTED, product=None).exists()


def _content(line: SelectionLine, code: str, shops: tuple[str, ...]) -> ListingContent:
    sku = SkuContent(f"{code}-1", price=line.price, cost=line.cost, competitor_price=line.competitor_price)
    return ListingContent(
        title=line.idea,
        core_keyword=line.search_term[:60],
        category=line.category.code if line.category else "",
        supplier=line.supplier.name if line.supplier else "",
        shops=shops,
        skus=(sku,),
    )


def _tell_drafted(line: SelectionLine, draft: Draft, actor: Actor, now: datetime) -> None:
    revision = draft.revision
    made = {"line": line.no, "product": revision.product.code}
    record(Change("selection.line_make_product", LINE, line.public_id, after=made), actor=actor, now=now)
    record(Change("selection.line_make_product", KIND, line.selection.public_id, after=made), actor=actor, now=now)
    after = {"selection_list": line.selection.title, "line": line.no}
    record(Change("selection.drafted_from_line", "listing", revision.public_id, after=after), actor=actor, now=now)
