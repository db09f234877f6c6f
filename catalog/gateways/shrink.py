"""Makes thumbnails in a process of its own that may take only so much memory: an image is the shop's most hostile input.

python -m catalog.gateways.shrink MEMORY_BYTES SOURCE SIZE TARGET [SIZE TARGET ...]; MEMORY_BYTES 0 sets no limit.
Ends with 0, OUT_OF_MEMORY or UNREADABLE. A target is written whole or not at all.
"""

import os
import resource
import sys

from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # all of it before the limit holds

OUT_OF_MEMORY, UNREADABLE = 3, 4
QUALITY = 80
_FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
)


def main(memory: int, source: str, targets: list[tuple[int, str]]) -> int:
    """Read one image and write its thumbnails, the largest first."""
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        return _shrink(source, targets)
    except MemoryError:
        return OUT_OF_MEMORY


def _shrink(source: str, targets: list[tuple[int, str]]) -> int:
    largest = max(size for size, _target in targets)
    try:
        picture: Image.Image = Image.open(source, formats=_FORMATS)
        picture.draft("RGB", (largest, largest))
        picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return UNREADABLE
    for size, target in sorted(targets, reverse=True):
        picture.thumbnail((size, size), Image.Resampling.LANCZOS)
        picture.save(f"{target}.part", "WEBP", quality=QUALITY)
        os.replace(f"{target}.part", target)
    return 0


if __name__ == "__main__":
    _sizes, _targets = sys.argv[3::2], sys.argv[4::2]
    sys.exit(main(int(sys.argv[1]), sys.argv[2], list(zip(map(int, _sizes), _targets, strict=True))))
