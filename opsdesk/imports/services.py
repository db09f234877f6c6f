"""Taking a table in, and having it written. Short tables at once, long ones by the worker; the row tells which."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from opsdesk.accounts.queries import staff_actor
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Forbidden, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.files.errors import FileTooLarge
from opsdesk.files.kinds import TABLES
from opsdesk.files.services import MEGABYTE, Terms, keep_file
from opsdesk.imports.definitions import Importer, importer_for
from opsdesk.imports.enums import ImportState, Policy
from opsdesk.imports.headers import match
from opsdesk.imports.models import ImportFile
from opsdesk.imports.passes import COUNTERS, Pass, RowsRefused, TakenOver
from opsdesk.imports.queries import visible
from opsdesk.imports.rules import lifecycle
from opsdesk.sheets.table import open_table

PURPOSE = "imports"  # of the files that are kept
FILE_LIMIT = 20 * MEGABYTE  # a technical limit: 100,000 rows of 20 columns are about 15 MB
AT_ONCE = 300  # rows that are dealt with while the person waits; a page must not take longer than a few seconds
LEASE = timedelta(minutes=6)  # longer than a task may run: its worker is dead
MAX_ATTEMPTS = 3  # without any progress
CLAIMED_AT_ONCE = 5
GIVEN_UP = mark("It could not be finished. Tell the technical desk.")
CHANGED_SINCE = mark("Since it was checked, rows have become impossible. Nothing was written; look at the new check.")
_FRESH: dict[str, Any] = {"done_until": 0, "attempts": 0, "claimed_until": None, **dict.fromkeys(COUNTERS.values(), 0)}
_log = logging.getLogger(__name__)


@transaction.atomic
def upload_table(*, code: str, upload: "UploadedFile[bytes]", shop_id: int | None, actor: Actor, now: datetime) -> ImportFile:
    """Take a table in and tell what its rows would do; a table that cannot be read is refused and leaves nothing behind.

    Raises: NotFound, Forbidden, FileTooLarge, and all that `opsdesk.sheets.table.open_table` raises.
    Ours: 0013
    """
    importer = importer_for(code, actor)
    if actor.staff_id is None:
        raise Forbidden()  # the worker goes on in the name of a person
    _require_shop(importer, shop_id, actor)
    if (upload.size or 0) > FILE_LIMIT:
        raise FileTooLarge(limit=FILE_LIMIT // MEGABYTE)
    table = open_table(upload.file, upload.name or "")  # type: ignore[arg-type]
    match(importer, table.header)
    found = len(list(islice(table.rows, AT_ONCE + 1)))
    if not found:
        raise Invalid(mark("The table has no rows below its header."), code="empty_table")
    terms = Terms(PURPOSE, TABLES, FILE_LIMIT)
    work = ImportFile.objects.create(
        importer=code,
        file=keep_file(upload=upload, terms=terms, actor=actor, now=now),
        shop_id=shop_id,
        header=list(table.header),
        encoding=table.encoding,
        uploaded_by_id=actor.staff_id,
        uploaded_at=now,
    )
    record(Change("imports.uploaded", "import", work.public_id, after={"importer": code}), actor=actor, now=now)
    if found <= AT_ONCE:
        _check(work, importer, actor, now)
    return work


@transaction.atomic
def apply_table(*, public_id: str, policy: Policy, actor: Actor, now: datetime) -> ImportFile:
    """Write what was checked: all rows or none, or only the good ones. A long table is left to the worker.

    Raises: NotFound, Forbidden, IllegalTransition, RowsRefused (all or nothing, and rows are refused already).
    Ours: 0013
    """
    work = lock_one(visible(actor).filter(public_id=public_id))
    importer = importer_for(work.importer, actor)
    step = lifecycle(importer.permission).enter("apply", work.state, actor)
    if policy == Policy.ALL and work.refused:
        raise RowsRefused()
    short = work.created + work.updated + work.existing + work.refused <= AT_ONCE
    work.rows.all().delete()
    _set(work, state=step.target, policy=policy, problem="", problem_params={}, **_FRESH)
    record(Change("imports.ordered", "import", public_id, after={"policy": policy}), actor=actor, now=now)
    if short:
        _write(work, importer, actor, now)
    return work


def work_off(*, now: datetime) -> int:
    """Go on with every import that waits and that no worker is at; returns how many."""
    works = _claim(now)
    for work in works:
        try:
            actor = staff_actor(work.uploaded_by)
            importer = importer_for(work.importer, actor)
            step = _check if work.state == ImportState.UPLOADED else _write
            with override(work.uploaded_by.language or settings.LANGUAGE_CODE):  # of the words inside refusals
                step(work, importer, actor, now)
        except TakenOver:
            _log.warning("import %s was taken over", work.public_id)
        except DomainError as refusal:
            _fail(work, refusal.message_id, refusal.params, now)
        except Exception:
            _log.exception("import %s failed", work.public_id)
            if work.attempts >= MAX_ATTEMPTS:
                _fail(work, GIVEN_UP, {}, now)
    return len(works)


def _require_shop(importer: Importer, shop_id: int | None, actor: Actor) -> None:
    if importer.by_shop and shop_id is None:
        raise Invalid(issues=[Issue("/shop", "required", mark("Choose a shop."))])
    if shop_id is not None and not actor.sees_shop(shop_id):
        raise Forbidden()


def _claim(now: datetime) -> Sequence[ImportFile]:
    with transaction.atomic():
        waiting = ImportFile.objects.filter(state__in=[ImportState.UPLOADED, ImportState.APPLYING])
        free = waiting.filter(Q(claimed_until=None) | Q(claimed_until__lt=now)).select_related("file", "uploaded_by")
        works = list(free.order_by("id").select_for_update(of=("self",), skip_locked=True)[:CLAIMED_AT_ONCE])
        for work in works:
            work.claimed_until, work.attempts = now + LEASE, work.attempts + 1
        ImportFile.objects.bulk_update(works, ["claimed_until", "attempts"])
    return works


def _check(work: ImportFile, importer: Importer, actor: Actor, now: datetime) -> None:
    Pass(work, importer, actor, now, write=False).preview()
    step = lifecycle(importer.permission).enter("preview", work.state, actor)
    _set(work, state=step.target, claimed_until=None)


def _write(work: ImportFile, importer: Importer, actor: Actor, now: datetime) -> None:
    """Write the rows; if all of them were wanted and one has become impossible, none is, and the table is checked anew."""
    writing = Pass(work, importer, actor, now, write=True)
    try:
        if work.policy == Policy.ALL:
            writing.write_all()
        else:
            writing.write_good_rows()
    except RowsRefused:
        again = lifecycle(importer.permission).enter("check_again", work.state, actor)
        _set(work, state=again.target, problem=CHANGED_SINCE, **_FRESH)
        _check(work, importer, actor, now)
    else:
        _finish(work, importer, actor, now)


@transaction.atomic
def _finish(work: ImportFile, importer: Importer, actor: Actor, now: datetime) -> None:
    step = lifecycle(importer.permission).enter("finish", work.state, actor)
    _set(work, state=step.target, finished_at=now, claimed_until=None)
    counts = {name: getattr(work, name) for name in COUNTERS.values()}
    record(Change("imports.applied", "import", work.public_id, after=counts), actor=actor, now=now)


def _fail(work: ImportFile, message: str, params: Any, now: datetime) -> None:
    told = {key: str(value) for key, value in params.items()}
    _set(work, state=ImportState.FAILED, problem=message, problem_params=told, finished_at=now, claimed_until=None)


def _set(work: ImportFile, **columns: Any) -> None:
    ImportFile.objects.filter(pk=work.pk).update(**columns)
    work.refresh_from_db()
