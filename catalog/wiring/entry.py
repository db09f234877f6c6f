"""The trail of what listings are written by."""

from opsdesk.common.text import mark
from opsdesk.duties.definitions import Duty
from opsdesk.handbook.charts import Chart
from opsdesk.inbox.kinds import Kind

KINDS: tuple[Kind, ...] = ()
DUTIES: tuple[Duty, ...] = ()
CHARTS: dict[str, Chart] = {}
LABELS = {
    "catalog.attribute_added": mark("Field added to a category's form"),
    "catalog.attribute_changed": mark("Field of a category's form changed"),
    "catalog.tag_added": mark("Tag added"),
    "catalog.tag_changed": mark("Tag changed"),
    "catalog.commitment_added": mark("Service commitment added"),
    "catalog.commitment_changed": mark("Service commitment changed"),
    "catalog.pattern_added": mark("Pattern of claims added"),
    "catalog.pattern_changed": mark("Pattern of claims changed"),
    "listings.waive_finding": mark("Finding waived"),
}
