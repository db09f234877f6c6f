"""Writes the handbook's pages in 繁體 from those in 简体.

python -m scripts.handbook            write them
python -m scripts.handbook --check    writes nothing; fails when one is missing, out of date or without a source
"""

import argparse
import sys
from pathlib import Path

from scripts.messages import SIMPLIFIED, TRADITIONAL, traditional_of

PAGES = Path(__file__).resolve().parent.parent / "opsdesk" / "handbook" / "pages"


def converted() -> dict[Path, str]:
    """What the pages in 繁體 must say, by file."""
    sources = sorted((PAGES / SIMPLIFIED).glob("*.toml"))
    return {PAGES / TRADITIONAL / source.name: traditional_of(source.read_text("utf-8")) for source in sources}


def wrong() -> list[Path]:
    """Pages in 繁體 that are missing, out of date or without a source."""
    expected = converted()
    strays = [file for file in sorted((PAGES / TRADITIONAL).glob("*.toml")) if file not in expected]
    return [file for file, text in expected.items() if not file.exists() or file.read_text("utf-8") != text] + strays


def write() -> None:
    """Bring the pages in 繁體 to their sources."""
    (PAGES / TRADITIONAL).mkdir(parents=True, exist_ok=True)
    expected = converted()
    for file in wrong():
        if file in expected:
            file.write_text(expected[file], "utf-8")
        else:
            file.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        write()
    found = [f"{file.relative_to(PAGES)} is out of date; run: make handbook" for file in wrong()]
    print("\n".join(found) or f"{len(converted())} pages, complete", file=sys.stderr if found else sys.stdout)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
