"""Reading imports."""

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.files.models import StoredFile
from opsdesk.imports.definitions import usable
from opsdesk.imports.enums import Outcome
from opsdesk.imports.models import ImportFile, ImportRow

PAGE = 100


def visible(actor: Actor) -> QuerySet[ImportFile]:
    """The imports of importers that the actor may use, in shops that they see; newest first."""
    rows = ImportFile.objects.filter(importer__in=[importer.code for importer in usable(actor)])
    if actor.shop_ids is not None:
        rows = rows.filter(Q(shop=None) | Q(shop__in=actor.shop_ids))
    return rows.select_related("file", "uploaded_by", "shop").order_by("-id")


def import_for(public_id: str, actor: Actor) -> ImportFile:
    """One import. Raises: NotFound, also when the actor may not see it."""
    found = visible(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound()
    return found


def may_have_file(actor: Actor, file: StoredFile) -> bool:
    """True when the file belongs to an import that the actor may see."""
    return visible(actor).filter(file=file).exists()


def rows_of(import_file: ImportFile, *, outcome: str, after: int) -> Sequence[ImportRow]:
    """One page of rows, from the one behind `after` on; only those of an outcome unless it is empty. One more than PAGE
    says that there are more.
    """
    rows = import_file.rows.filter(number__gt=after).order_by("number")
    return list((rows.filter(outcome=outcome) if outcome else rows)[: PAGE + 1])


def failed_rows(import_file: ImportFile) -> Iterator[ImportRow]:
    """Every refused row, by number, a few at a time."""
    return import_file.rows.filter(outcome=Outcome.REFUSED).order_by("number").iterator(chunk_size=500)
