"""The SOP's numbers for images and the designers' desk."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

MAX_MEGAPIXELS = count("catalog.image_max_megapixels", mark("Largest image"), 40, Unit.MEGAPIXELS, 1, 80, "C6")
MAX_MEGABYTES = count("catalog.image_max_megabytes", mark("Largest image file"), 10, Unit.MEGABYTES, 1, 50, "C6")
WHITE_BORDER = count("catalog.image_white_border", mark("White border of a main image"), 95, Unit.PERCENT, 0, 100, "C6")
MIN_SHARPNESS = count("catalog.image_min_sharpness", mark("Least sharpness of an image"), 60, Unit.POINTS, 0, 10_000, "C6")
NEAR_BITS = count("catalog.image_near_bits", mark("Bits in which near-duplicates may differ"), 3, Unit.PIECES, 0, 3, "C6")
JUDGE_WITHIN = span("catalog.delivery_judge_within", mark("Time to judge a delivered image"), 24, Unit.HOURS, 1, 720, "C6")
REWORK_WITHIN = span("catalog.delivery_rework_within", mark("Time to rework an image"), 24, Unit.HOURS, 1, 720, "C6")
REPAIR_WITHIN = span("catalog.thumbnail_repair_within", mark("Time to replace a broken image"), 24, Unit.HOURS, 1, 720, "C6")
THUMBNAIL_MEMORY = count(
    "catalog.thumbnail_memory", mark("Memory to make thumbnails with"), 768, Unit.MEGABYTES, 64, 8192, "Ours: safety"
)
THUMBNAIL_TIME = span("catalog.thumbnail_time", mark("Time to make thumbnails in"), 20, Unit.SECONDS, 1, 30, "Ours: safety")
THUMBNAIL_ATTEMPTS = count("catalog.thumbnail_attempts", mark("Attempts at thumbnails"), 3, Unit.TIMES, 1, 10, "Ours: safety")

MEDIA: list[Parameter[Any]] = [
    MAX_MEGAPIXELS,
    MAX_MEGABYTES,
    WHITE_BORDER,
    MIN_SHARPNESS,
    NEAR_BITS,
    JUDGE_WITHIN,
    REWORK_WITHIN,
    REPAIR_WITHIN,
    THUMBNAIL_MEMORY,
    THUMBNAIL_TIME,
    THUMBNAIL_ATTEMPTS,
]
