"""Whether an image is good enough for its place, from both sides of every limit."""

from dataclasses import replace
from typing import Any

import pytest

from catalog.enums.media import ImagePlace
from catalog.rules.media.lifecycle import desk_of, is_askers_side
from catalog.rules.media.standards import Demand, Measured, fits_ratio, listing_shortcomings, shortcomings
from catalog.rules.media.wording import grams, path_of, sha_in, shas_in, thumbnail_path, title_from
from opsdesk.common.actors import SYSTEM, Actor, ActorKind

GOOD = Measured(width=800, height=800, size=3_000_000, format="jpeg", white_border=95, sharpness=60)
DEMAND = Demand(
    min_width=800,
    max_width=800,
    min_height=800,
    max_height=800,
    aspect=(1, 1),
    size=3_000_000,
    formats=("jpeg",),
    white_border=95,
    sharpness=60,
)


def codes(image: Measured, demand: Demand = DEMAND) -> list[str]:
    return [finding.code for finding in shortcomings(image, demand)]


def test_an_image_that_just_meets_everything_is_good() -> None:
    assert codes(GOOD) == []
    assert codes(replace(GOOD, width=1, height=5000, white_border=0, sharpness=0), Demand()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"width": 799}, ["image_too_small"]),
        ({"height": 799}, ["image_too_small"]),
        ({"width": 801}, ["image_too_big"]),
        ({"height": 801}, ["image_too_big"]),
        ({"width": 700, "height": 790}, ["image_too_small", "wrong_ratio"]),
        ({"size": 3_000_001}, ["file_too_large"]),
        ({"format": "webp"}, ["format_not_allowed"]),
        ({"white_border": 94}, ["background_not_white"]),
        ({"sharpness": 59}, ["not_sharp"]),
        ({"watermark": True}, ["watermark_suspected"]),
        ({"white_border": 0, "sharpness": 0}, ["background_not_white", "not_sharp"]),
    ],
)
def test_each_limit_from_its_other_side(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(replace(GOOD, **changes)) == expected


def test_only_the_watermark_is_a_warning() -> None:
    [finding] = shortcomings(replace(GOOD, watermark=True), DEMAND)
    assert not finding.blocks


@pytest.mark.parametrize(("width", "fits"), [(989, False), (990, True), (1000, True), (1010, True), (1011, False)])
def test_a_ratio_is_kept_to_one_part_in_a_hundred(width: int, fits: bool) -> None:
    assert fits_ratio(width, 1000, (1, 1)) is fits


def test_the_same_complaint_of_two_platforms_is_said_once() -> None:
    image = replace(GOOD, width=700, height=700)
    found = list(listing_shortcomings(image, [DEMAND, DEMAND, replace(DEMAND, min_width=900)], pointer="/images/0/url"))
    assert [(one.code, one.params["wide"], one.pointer) for one in found] == [
        ("image_too_small", 800, "/images/0/url"),
        ("image_too_small", 900, "/images/0/url"),
    ]
    assert list(listing_shortcomings(image, [], pointer="")) == []


SHA = "ab" * 32


@pytest.mark.parametrize(
    ("address", "sha"),
    [
        (f"https://shop.example/media/{SHA}/image.jpg", SHA),
        (f"/media/{SHA}/160.webp", SHA),
        (f"/media/{SHA[:-1]}/image.jpg", ""),
        (f"/media/{SHA}/a/b", ""),
        ("https://img.example/1.jpg", ""),
    ],
)
def test_our_images_are_known_by_their_address(address: str, sha: str) -> None:
    assert sha_in(address) == sha


def test_addresses() -> None:
    assert path_of(SHA, "jpeg") == f"/media/{SHA}/image.jpg"
    assert path_of(SHA, "png") == f"/media/{SHA}/image.png"
    assert thumbnail_path(SHA, 160) == f"/media/{SHA}/160.webp"
    assert shas_in([path_of(SHA, "png"), "x", path_of(SHA, "png")]) == [SHA]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("红杯.jpg", "红杯"),
        ("../../etc/passwd.png", "passwd"),
        ("C:\\pics\\cup.webp", "cup"),
        ("a\r\nb.jpg", "a b"),
        ("a.php.jpg", "a.php"),
        (".htaccess", ".htaccess"),
        ("x" * 300 + ".jpg", "x" * 120),
    ],
)
def test_a_title_is_made_of_the_file_name(name: str, title: str) -> None:
    assert title_from(name) == title


def test_letters_and_pairs_find_a_text() -> None:
    assert grams("Ab c") == ["a", "ab", "b", "c"]
    assert set(grams("保温")) <= set(grams("红色保温杯"))
    assert grams() == []


def person(*roles: str) -> Actor:
    return Actor(ActorKind.STAFF, "x", 1, roles=frozenset(roles))


def test_who_asks_and_who_judges() -> None:
    assert desk_of(person("marketing")) == "marketing"
    assert desk_of(person("product_supervisor")) == "product_supervisor"
    assert desk_of(SYSTEM) == "product_specialist"
    assert is_askers_side(person("marketing"), "marketing")
    assert is_askers_side(person("product_supervisor"), "product_specialist")
    assert is_askers_side(SYSTEM, "marketing")
    assert not is_askers_side(person("product_supervisor"), "marketing")
    assert not is_askers_side(person("product_specialist"), "marketing")
    assert len(ImagePlace) == 5
