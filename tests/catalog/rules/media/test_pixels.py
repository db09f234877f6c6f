"""What is measured in an image, and that nothing but pixels is kept."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter, PngImagePlugin

from catalog.enums.media import ImageFormat
from catalog.rules.media.likeness import bands, distance
from catalog.rules.media.pixels import Unreadable, dhash, look, sharpness, white_border
from tests.builders.media import a_file, a_picture


def framed(white: int, value: int = 255) -> Image.Image:
    """100 x 100 black pixels in a border of 3, of which so many of 1164 pixels are white."""
    picture = Image.new("RGB", (100, 100))
    place = [(x, y) for x in range(100) for y in range(100) if not (3 <= x < 97 and 3 <= y < 97)]
    for spot in place[:white]:
        picture.putpixel(spot, (value, value, value))
    return picture


@pytest.mark.parametrize(("pixels", "percent"), [(0, 0), (1105, 94), (1106, 95), (1163, 99), (1164, 100)])
def test_the_white_of_the_border_is_counted_and_rounded_down(pixels: int, percent: int) -> None:
    assert white_border(framed(pixels)) == percent


@pytest.mark.parametrize(("value", "percent"), [(249, 0), (250, 100)])
def test_white_begins_at_250(value: int, percent: int) -> None:
    assert white_border(framed(1164, value)) == percent


def test_colour_is_not_white_and_a_tiny_image_is_all_border() -> None:
    assert white_border(Image.new("RGB", (50, 50), (255, 255, 0))) == 0
    assert white_border(Image.new("RGB", (2, 2), "white")) == 100


def test_blur_takes_sharpness_away_and_a_plain_ground_does_not() -> None:
    picture = a_picture(900, seed=3)
    points = [sharpness(picture.filter(ImageFilter.GaussianBlur(radius)).convert("L")) for radius in (0, 1, 2, 4)]
    assert points == sorted(points, reverse=True)
    assert points[1] > 60 > points[2]
    assert sharpness(Image.new("L", (900, 900), 255)) == 0
    assert sharpness(Image.new("L", (1, 1))) == 0


def test_faint_words_over_white_are_suspected_and_a_plain_product_is_not() -> None:
    picture = a_picture(900, seed=4)
    assert look(a_file(picture=picture), ImageFormat.JPEG).watermark is False
    draw = ImageDraw.Draw(picture)
    for place in range(0, 900, 60):
        for left in range(0, 900, 120):
            draw.text((left, place), "SAMPLE SHOP", fill=(225, 225, 225))
    assert look(a_file(picture=picture), ImageFormat.JPEG).watermark is True


def test_only_pixels_are_kept() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "secret")
    exif = Image.Exif()
    exif[0x010E] = "secret"
    picture = a_picture(300, seed=5)
    sources = {
        ImageFormat.PNG: a_file("PNG", picture, pnginfo=notes, icc_profile=b"secret", exif=exif),
        ImageFormat.JPEG: a_file("JPEG", picture, comment=b"secret", icc_profile=b"secret", exif=exif),
        ImageFormat.WEBP: a_file("WEBP", picture, icc_profile=b"secret", exif=exif),
    }
    for form, data in sources.items():
        assert b"secret" in data or form is ImageFormat.PNG
        kept = look(data, form).master
        assert b"secret" not in kept
        assert Image.open(io.BytesIO(kept)).info.keys().isdisjoint({"exif", "icc_profile", "comment", "Comment"})


def test_a_turned_photo_is_kept_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    seen = look(a_file("JPEG", a_picture(300, height=200), exif=exif), ImageFormat.JPEG)
    assert (seen.width, seen.height) == (200, 300)
    assert Image.open(io.BytesIO(seen.master)).size == (200, 300)


def test_every_kind_of_colour_becomes_plain_colour_and_transparency_lies_on_white() -> None:
    for picture, form, mode in (
        (a_picture(200).convert("P"), ImageFormat.PNG, "RGB"),
        (a_picture(200).convert("CMYK"), ImageFormat.JPEG, "RGB"),
        (a_picture(200).convert("L"), ImageFormat.PNG, "RGB"),
        (Image.new("LA", (200, 200), (0, 0)), ImageFormat.PNG, "RGBA"),
    ):
        seen = look(a_file(form.name, picture), form)
        assert Image.open(io.BytesIO(seen.master)).mode == mode
    assert seen.white_border == 100


def test_a_header_without_pixels_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        look(a_file("PNG")[:60], ImageFormat.PNG)


def test_a_large_image_is_measured_on_a_small_copy() -> None:
    picture = a_picture(4200, seed=7)
    large, small = (
        look(a_file(picture=picture), ImageFormat.JPEG),
        look(a_file(picture=picture.resize((900, 900))), ImageFormat.JPEG),
    )
    assert (large.width, large.height) == (4200, 4200)
    assert distance(large.dhash, small.dhash) <= 3


def test_hashes_that_differ_in_three_bits_share_a_band() -> None:
    assert distance(-1, 0) == 64
    assert bands(0) == [0, 1 << 16, 2 << 16, 3 << 16]
    other = (1 << 0) | (1 << 16) | (1 << 32)
    assert distance(0, other) == 3
    assert set(bands(0)) & set(bands(other)) == {3 << 16}
    assert bands(-1)[3] == 3 << 16 | 0xFFFF


def test_the_hash_fits_a_signed_column() -> None:
    down = Image.linear_gradient("L").rotate(90)
    assert -(1 << 63) <= dhash(down) < 1 << 63
    assert {dhash(down), dhash(down.rotate(180))} == {0, -1}
