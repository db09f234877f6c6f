"""The handbook says what is so: its screens, buttons, parameters and roles exist, in all three languages."""

import re
from collections.abc import Iterator

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from pydantic import ValidationError

from opsdesk.handbook import charts, pages
from opsdesk.handbook.sentences import Place, places
from opsdesk.parameters.definitions import REGISTER as PARAMETERS
from scripts import handbook as script
from scripts.messages import extracted, load
from scripts.sop_map import clauses

IDS = sorted(file.stem for file in (pages.PAGES / pages.SOURCE).glob("*.toml"))
BRACES = re.compile(r"[{}]")


@pytest.fixture(scope="module")
def buttons() -> set[str]:
    """Everything that the source says on a screen, and what the libraries' own screens say."""
    source = {message.id if isinstance(message.id, str) else message.id[0] for message in extracted() if message.id}
    return source | {str(message.id) for message in load("zh_Hans") if message.id}


@pytest.fixture(scope="module")
def screens() -> set[str]:
    def names(resolver: object, prefix: str) -> Iterator[str]:
        for name in resolver.reverse_dict:  # type: ignore[attr-defined]
            if isinstance(name, str):
                yield prefix + name
        for namespace, (_, inner) in resolver.namespace_dict.items():  # type: ignore[attr-defined]
            yield from names(inner, f"{prefix}{namespace}:")

    return set(names(get_resolver(), ""))


def said(page: pages.Page) -> list[tuple[str, Place]]:
    """Everything in braces, with the language."""
    found = [(language, text) for language, words in page.words.items() for text in words.sentences]
    return [(language, place) for language, text in found for place in places(text)]


def test_there_is_a_page_of_every_app_that_has_screens():
    assert {"C4", "C12", "C13", "C14", "C15", "O3"} <= set(IDS)


@pytest.mark.parametrize("language", [pages.SIMPLIFIED, pages.TRADITIONAL])
def test_every_language_has_the_same_pages(language):
    assert sorted(file.stem for file in (pages.PAGES / language).glob("*.toml")) == IDS


def test_the_pages_in_traditional_are_what_the_script_writes():
    assert script.wrong() == []


@pytest.mark.parametrize("page_id", IDS)
def test_a_page_has_one_shape_in_all_languages(page_id):
    page = pages.read(page_id)  # owner, exactly two questions and everything else that a page needs is checked on reading
    assert {words.shape for words in page.words.values()} == {page.words["en"].shape}
    assert page_id in clauses()


@pytest.mark.parametrize("page_id", IDS)
def test_screens_and_lifecycle_exist(page_id, screens):
    structure = pages.read(page_id).structure
    assert [name for name in structure.screens if name not in screens] == []
    assert structure.lifecycle in ("", *charts.REGISTER)


@pytest.mark.parametrize("page_id", IDS)
def test_parameters_exist_and_all_that_the_text_names_are_listed(page_id):
    page = pages.read(page_id)
    listed = set(page.structure.parameters)
    assert listed <= PARAMETERS.keys()
    for language in pages.LANGUAGES:
        assert {place.name for lang, place in said(page) if lang == language and place.kind == "parameter"} <= listed, language


@pytest.mark.parametrize("page_id", IDS)
def test_every_button_is_on_a_screen(page_id, buttons):
    named = [place.name for _, place in said(pages.read(page_id)) if place.kind == "button"]
    assert named, "steps name the screen's buttons"
    assert [name for name in named if name not in buttons] == []


@pytest.mark.parametrize("page_id", IDS)
def test_nothing_else_stands_in_braces(page_id):
    page = pages.read(page_id)
    assert [place for _, place in said(page) if place.kind not in ("link", "parameter", "button")] == []
    assert [place for _, place in said(page) if (place.kind == "link") != (place.name == "")] == []
    texts = [text for words in page.words.values() for text in words.sentences]
    assert [text for text in texts if BRACES.search(re.sub(r"\{[^{}]*\}", "", text))] == []


@pytest.mark.parametrize("page_id", IDS)
def test_every_language_names_the_same_buttons_and_parameters(page_id):
    found = said(pages.read(page_id))
    by_language = {name: sorted({p for lang, p in found if lang == name}, key=str) for name in pages.LANGUAGES}
    assert by_language[pages.SIMPLIFIED] == by_language[pages.TRADITIONAL] == by_language[pages.SOURCE]


@pytest.mark.parametrize("page_id", IDS)
def test_the_linked_screen_opens_or_has_a_name(page_id):
    def opens(name: str) -> bool:
        try:
            return bool(reverse(name))
        except NoReverseMatch:
            return False

    assert any(opens(name) for name in pages.read(page_id).structure.screens)


def test_an_incomplete_page_is_refused():
    words = pages.read("C12").words["en"].model_dump()
    for broken in ({**words, "faq": words["faq"][:1]}, {**words, "steps": []}, {**words, "stepps": []}):
        with pytest.raises(ValidationError):
            pages.Words.model_validate(broken)
