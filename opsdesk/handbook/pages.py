"""The handbook's pages: read from pages/<language>/<ID>.toml, checked, and kept.

SOP: G3
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from opsdesk.accounts.roles import Role

HERE = Path(__file__).resolve().parent
PAGES = HERE / "pages"
SOURCE, SIMPLIFIED, TRADITIONAL = "en", "zh_Hans", "zh_Hant"
LANGUAGES = (SOURCE, SIMPLIFIED, TRADITIONAL)
FAQS = 2

Sentence = Annotated[str, Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Faq(_Table):
    question: Sentence
    answer: Sentence


class Words(_Table):
    """What a page says in one language."""

    title: Sentence
    purpose: Sentence
    steps: list[Sentence] = Field(min_length=1)
    standard: list[Sentence] = Field(min_length=1)
    cautions: list[Sentence] = Field(min_length=1)
    faq: list[Faq] = Field(min_length=FAQS, max_length=FAQS)

    @property
    def sentences(self) -> list[str]:
        """Every sentence of the page."""
        asked = [text for faq in self.faq for text in (faq.question, faq.answer)]
        return [self.title, self.purpose, *self.steps, *self.standard, *self.cautions, *asked]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many steps, standards, cautions and questions; the same in every language."""
        return len(self.steps), len(self.standard), len(self.cautions), len(self.faq)


class Structure(_Table):
    """What a page is about, the same in every language; it stands in the English file."""

    owner: Role
    screens: list[Sentence] = Field(min_length=1)
    lifecycle: str = ""
    parameters: list[Sentence] = []


class _English(Structure, Words):
    pass


class Clause(_Table):
    """What the SOP asks for: in English, and in its own words."""

    text: Sentence
    source: Sentence


class Page(_Table):
    """A page in all its languages."""

    id: str
    structure: Structure
    words: dict[str, Words]

    def said(self, language: str) -> Words:
        """The page in the language of a request (zh-hans, zh-hant, en)."""
        return self.words[folder_of(language)]

    def raw(self) -> str:
        """All text of all languages, for the search."""
        return "\n".join((self.id, *(text for words in self.words.values() for text in words.sentences))).lower()


def folder_of(language: str) -> str:
    """The folder of a request's language; English where there is none."""
    folders = {"zh-hans": SIMPLIFIED, "zh-hant": TRADITIONAL}
    return folders.get(language.lower(), SOURCE)


@cache
def pages() -> dict[str, Page]:
    """Every page by its id, in the order of the SOP. Raises: ValidationError on a page that is wrong or incomplete."""
    order = list(clauses())
    files = sorted((PAGES / SOURCE).glob("*.toml"), key=lambda file: (_place(order, file.stem), file.stem))
    return {file.stem: read(file.stem) for file in files}


def read(page_id: str) -> Page:
    """One page from its files. Raises: FileNotFoundError, ValidationError."""
    tables = {language: _toml(PAGES / language / f"{page_id}.toml") for language in LANGUAGES}
    english = _English.model_validate(tables[SOURCE])
    structure = Structure(**{name: getattr(english, name) for name in Structure.model_fields})
    words = {SOURCE: Words(**{name: getattr(english, name) for name in Words.model_fields})}
    words |= {language: Words.model_validate(tables[language]) for language in (SIMPLIFIED, TRADITIONAL)}
    return Page(id=page_id, structure=structure, words=words)


def on_screen(view_name: str) -> list[Page]:
    """The pages that name the screen, in the order of the SOP."""
    return [page for page in pages().values() if view_name in page.structure.screens]


@cache
def clauses() -> dict[str, Clause]:
    """The SOP's clauses by their ids."""
    return {id_: Clause.model_validate(table) for id_, table in _toml(HERE / "clauses.toml").items()}


def _place(order: list[str], page_id: str) -> int:
    return order.index(page_id) if page_id in order else len(order)


def _toml(file: Path) -> dict[str, object]:
    with file.open("rb") as source:
        return tomllib.load(source)
