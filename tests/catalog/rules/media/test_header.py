"""Headers, limits and tails of image files, without decoding anything."""

import pytest
from PIL import Image

from catalog.enums.media import ImageFormat
from catalog.rules.media.admission import Limits, extension_of, has_tail, refusals
from catalog.rules.media.header import Header, read
from tests.builders.media import a_file, a_picture

LIMITS = Limits(megabytes=1, megapixels=1)
PICTURE = a_picture(60, height=40, seed=1)


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("JPEG", {"restart_marker_blocks": 1}),
        ("JPEG", {"comment": b"\xff\xd9 not the end"}),
        ("PNG", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"}),
    ],
)
def test_size_format_and_end_are_read_from_the_header(form: str, options: dict[str, object]) -> None:
    data = a_file(form, PICTURE, **options)

    assert read(data) == Header(ImageFormat[form], 60, 40, False, len(data))
    assert read(data + b"tail") == Header(ImageFormat[form], 60, 40, False, len(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_stops_early_has_no_end(form: str) -> None:
    header = read(a_file(form, PICTURE)[:-12])
    assert header
    assert header.end is None


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_moving_images_say_so(form: str) -> None:
    data = a_file(form, PICTURE, save_all=True, append_images=[a_picture(60, height=40, seed=2)])
    header = read(data)
    assert header
    assert (header.animated, header.width, header.height) == (True, 60, 40)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg>",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIDAT" + b"\0" * 20,
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xc0\0\x0b",
        b"RIFF\0\0\0\0WEBP",
        b"RIFF\0\0\0\0WEBPVP9 " + b"\0" * 20,
        b"RIFF\0\0\0\0AVI ",
    ],
)
def test_what_is_no_whole_header_is_none(data: bytes) -> None:
    assert read(data) is None


def codes(data: bytes, name: str) -> list[str]:
    return [finding.code for finding in refusals(data, name, LIMITS)]


@pytest.mark.parametrize(("side", "expected"), [(1000, []), (1001, ["image_too_large"])])
def test_the_pixel_limit_from_both_sides(side: int, expected: list[str]) -> None:
    assert codes(a_file("PNG", Image.new("1", (side, 1000))), "a.png") == expected


@pytest.mark.parametrize(("size", "expected"), [(1_000_000, ["unsupported_image"]), (1_000_001, ["file_too_large"])])
def test_the_byte_limit_from_both_sides(size: int, expected: list[str]) -> None:
    assert codes(b"\0" * size, "a.png") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.jpg", []), ("a.JPEG", []), ("a.php.jpg", []), ("a.png", ["wrong_extension"]), ("jpg", ["wrong_extension"])],
)
def test_the_name_must_agree_with_the_content(name: str, expected: list[str]) -> None:
    assert codes(a_file("JPEG", PICTURE), name) == expected


def test_an_empty_file_says_that_it_is_empty() -> None:
    assert codes(b"", "a.png") == ["empty_file"]


def test_the_extension_is_the_last_one() -> None:
    assert [extension_of(name) for name in ("a.B.Png", "none", "a.")] == ["png", "", ""]


def test_an_image_without_size_is_broken() -> None:
    data = bytearray(a_file("PNG", PICTURE))
    data[16:20] = b"\0\0\0\0"
    assert codes(bytes(data), "a.png") == ["broken_image"]


def test_padding_and_a_cameras_second_frame_are_no_tail_and_anything_else_is() -> None:
    jpeg, png = a_file("JPEG", PICTURE), a_file("PNG", PICTURE)
    for data, expected in (
        (jpeg, False),
        (jpeg + b"\0\0", False),
        (jpeg + jpeg, False),
        (jpeg + b"<script>", True),
        (png + jpeg, True),
        (png + b"PK\x03\x04", True),
        (png[:-4], False),
    ):
        header = read(data)
        assert header
        assert has_tail(header, data) is expected
    assert codes(jpeg + b"<?php", "a.jpg") == ["trailing_data"]
    moving = a_file("WEBP", PICTURE, save_all=True, append_images=[a_picture(60, height=40, seed=2)])
    assert codes(moving, "a.webp") == ["animated_image"]
