"""The screen on which a version of a page is written: a table of blocks."""

from typing import Any

from django.http import QueryDict

from catalog.admin.pages.forms import BlockForm, BlockRows, VersionForm
from catalog.models import PageVersion
from catalog.queries.pages import blocks_of
from catalog.rules.pages.blocks import Block

_STEP = 10  # positions are numbered by tens, so that a block fits between two others


class Sheet:
    """The form and its table of blocks. `fresh` begins a new version from what the given one says."""

    def __init__(self, version: PageVersion | None, *, fresh: bool, data: QueryDict | None) -> None:
        blocks = blocks_of(version) if version else []
        rows = [
            {**vars(block), "products": " ".join(block.products), "position": (index + 1) * _STEP}
            for index, block in enumerate(blocks)
        ]
        seen = None if fresh or version is None else version.version
        self.form = VersionForm(data, initial={"title": version.title if version else "", "version": seen})
        self.rows = BlockRows(data, initial=rows, prefix="blocks")

    def is_valid(self) -> bool:
        """True when everything can be read; what is wrong with it is another matter."""
        return all([self.form.is_valid(), self.rows.is_valid()])

    def blocks(self) -> list[Block]:
        """What was written, in the order of the positions; a row without one stands last."""
        rows = [(row.cleaned_data.get("position"), index, row.to_block()) for index, row in enumerate(self.rows)]
        rows.sort(key=lambda row: (row[0] is None, row[0] or 0, row[1]))
        return [block for _position, _index, block in rows if block]

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        labels = [field.label for field in BlockForm.base_fields.values()]
        return {"form": self.form, "rows": self.rows, "labels": labels}
