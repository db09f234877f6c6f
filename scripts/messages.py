"""Brings the catalogs of 简体 and 繁體 to the source and compiles them.

    messages.py            extract, merge, make 繁體 from 简体 where it is missing, compile; lists what is untranslated
    messages.py --check    writes nothing; fails on anything untranslated, fuzzy, wrong or out of date

Messages are found in Python (gettext and its sisters, mark) and in templates, ours and django-unfold's, which ships no
translations. What Django translates itself is left to Django.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import opencc
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
TREES = ("opsdesk", "catalog", "orders", "support", "promotions", "analytics", "templates")
SITE_PACKAGES = Path(opencc.__file__).parent.parent
UNFOLD = SITE_PACKAGES / "unfold"
UNUSED = (UNFOLD / "contrib", UNFOLD / "templates" / "unfold_crispy")
SHIPPED = ("django/conf", "django/contrib/admin", "django/contrib/auth", "rest_framework", "django_filters")
SIMPLIFIED, TRADITIONAL = "zh_Hans", "zh_Hant"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext_lazy": ((1, "c"), 2),
    "mark": None,
    "_t": None,
    "now_": None,
}
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
SHOP_WORDS = {
    "稽核透過": "審核通過",
    "稽核：透過": "審核：通過",
    "稽核": "審核",
    "籤核": "簽核",
    "引數": "參數",
    "賬號": "帳號",
    "許可權": "權限",
    "型別": "類型",
    "平臺": "平台",
    "後臺": "後台",
}
Key = tuple[str, str | None]


def path_of(language: str, suffix: str = "po") -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"


def source_files(tree: Path) -> Iterator[Path]:
    for path in sorted(tree.rglob("*")):
        in_use = "migrations" not in path.parts and not any(part in path.parents for part in UNUSED)
        if path.suffix in {".py", ".html", ".txt"} and in_use:
            yield path


def python_of(path: Path) -> str:
    """The file as Python: a template's messages become calls, without the indentation that Python would not accept."""
    text = path.read_text()
    if path.suffix == ".py":
        return text
    return "\n".join(line.strip() for line in templatize(text).splitlines())


def extracted() -> Catalog:
    """A template catalog of every message in the source."""
    found, theirs = Catalog(), shipped()
    for tree in [*(ROOT / name for name in TREES), UNFOLD]:
        for path in source_files(tree):
            source = io.BytesIO(python_of(path).encode())
            for _, text, _, context in extract("python", source, KEYWORDS, options={"encoding": "utf-8"}):
                if text and (tree is not UNFOLD or _key(text, context) not in theirs):
                    flags = ("python-format",) if "%(" in str(text) else ()
                    found.add(text, context=context, flags=flags)
    return found


def shipped() -> set[Key]:
    """What the libraries translate themselves, in both languages."""
    sets = []
    for language in (SIMPLIFIED, TRADITIONAL):
        paths = [SITE_PACKAGES / place / "locale" / language / "LC_MESSAGES" / "django.mo" for place in SHIPPED]
        catalogs = [read_mo(path.open("rb")) for path in paths if path.exists()]
        sets.append({_key(m.id, m.context) for catalog in catalogs for m in catalog if m.id and m.string})
    return set.intersection(*sets)


def _key(text: str | tuple[str, ...] | list[str], context: str | None) -> Key:
    return (text if isinstance(text, str) else text[0]), context


def load(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language, domain="django")


def merged(language: str, source: Catalog) -> Catalog:
    """The language's catalog with exactly the source's messages; translations are kept, never guessed."""
    old = load(language)
    fresh = Catalog(locale=language, project="opsdesk", domain="django", fuzzy=False)
    for message in source:
        if not message.id:
            continue
        kept = old.get(_key(message.id, None)[0], message.context)
        fresh.add(message.id, kept.string if kept else "", context=message.context, flags=message.flags | _fuzzy(kept))
    return fresh


def _fuzzy(message: Message | None) -> set[str]:
    return message.flags & {"fuzzy"} if message else set()


@cache
def _converter() -> Any:
    return opencc.OpenCC("s2twp")  # type: ignore[attr-defined, no-untyped-call]


def traditional_of(simplified: str) -> str:
    """繁體 (Taiwan's words) of a text in 简体; the converter's words for programmers as the words of a shop."""
    text = str(_converter().convert(simplified))
    for wrong, right in SHOP_WORDS.items():
        text = text.replace(wrong, right)
    return text


def convert(simplified: Catalog, traditional: Catalog) -> None:
    """繁體 (Taiwan's words) of what has none yet."""
    for message in traditional:
        twin = simplified.get(_key(message.id, None)[0], message.context)
        if message.id and twin and not _translated(message) and _translated(twin):
            words = [traditional_of(word) for word in _forms(twin)]
            message.string = words[0] if isinstance(twin.string, str) else tuple(words)


def _forms(message: Message) -> list[str]:
    words = message.string
    return [words] if isinstance(words, str) else list(words or ())


def _translated(message: Message) -> bool:
    return bool(forms := _forms(message)) and all(forms)


def po_bytes(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=120, no_location=True, omit_header=True, sort_output=True)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {catalog.locale_identifier}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return (header.encode() + out.getvalue()).rstrip() + b"\n"


def mo_bytes(po: bytes, language: str) -> bytes:
    out, catalog = io.BytesIO(), read_po(io.BytesIO(po), locale=language, domain="django")
    catalog.creation_date = catalog.revision_date = EPOCH  # the same words compile to the same bytes
    write_mo(out, catalog)
    return out.getvalue()


def problems(catalog: Catalog) -> list[str]:
    """What is untranslated, fuzzy, or has other placeholders than its source."""
    name = catalog.locale_identifier
    found = [f"{name}: untranslated: {m.id!r}" for m in catalog if m.id and not _translated(m)]
    found += [f"{name}: fuzzy: {m.id!r}" for m in catalog if m.id and m.fuzzy]
    return found + [f"{name}: {error}: {m.id!r}" for m, errors in catalog.check() for error in errors if _translated(m)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    source = extracted()
    simplified, traditional = merged(SIMPLIFIED, source), merged(TRADITIONAL, source)
    convert(simplified, traditional)
    found = problems(simplified) + problems(traditional)
    for language, catalog in ((SIMPLIFIED, simplified), (TRADITIONAL, traditional)):
        po = po_bytes(catalog)
        for path, content in ((path_of(language), po), (path_of(language, "mo"), mo_bytes(po, language))):
            if check:
                if not path.exists() or path.read_bytes() != content:
                    found.append(f"{path.relative_to(ROOT)} is out of date; run: make messages")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    print("\n".join(found) or f"{len(simplified)} messages, complete", file=sys.stderr if found else sys.stdout)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
