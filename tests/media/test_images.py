import struct
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from blog.core.errors import Invalid
from blog.media import images
from tests.media import drawn
from tests.media.drawn import BLUE, GREEN, RED, WHITE, alike, file_of, opened, striped

CLEAR = (255, 0, 0, 0)
CORNERS = {
    1: (0, 1, 2, 3),
    2: (1, 0, 3, 2),
    3: (2, 3, 0, 1),
    4: (3, 2, 1, 0),
    5: (0, 3, 2, 1),
    6: (1, 2, 3, 0),
    7: (2, 1, 0, 3),
    8: (3, 0, 1, 2),
}
"""Which upright corner stands where in the file, clockwise from the upper left (EXIF 2.32)."""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_every_accepted_format_is_read(kind: str) -> None:
    image = images.decode(file_of(striped(120, 80), kind))
    assert (image.mode, image.size) == ("RGB", (120, 80))
    assert alike(image.getpixel((5, 5)), RED)
    assert alike(image.getpixel((115, 75)), BLUE)


def test_a_picture_with_clear_parts_keeps_them_and_shows_paper_in_jpeg() -> None:
    drawing = Image.new("RGBA", (40, 20), CLEAR)
    drawing.paste((*BLUE, 255), (20, 0, 40, 20))
    image = images.decode(file_of(drawing, "PNG"))
    for kind in ("webp", "avif", "source.webp"):
        written = opened(images.encode(image, kind))
        assert written.mode == "RGBA"
        assert written.getpixel((5, 10))[3] == 0
        assert alike(written.getpixel((35, 10)), (*BLUE, 255))
    flat = opened(images.encode(image, "jpg"))
    assert alike(flat.getpixel((5, 10)), images.PAPER, within=3)
    assert alike(flat.getpixel((35, 10)), BLUE)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_palette_with_a_clear_colour_keeps_it(kind: str) -> None:
    drawing = Image.new("P", (20, 20), 0)
    drawing.putpalette([*RED, *BLUE])
    drawing.paste(1, (10, 0, 20, 20))
    image = images.decode(file_of(drawing, kind, transparency=0))
    assert image.mode == "RGBA"
    assert image.getpixel((2, 2))[3] == 0
    assert alike(image.getpixel((17, 17)), (*BLUE, 255), within=1)


def test_grey_with_alpha_keeps_both() -> None:
    drawing = Image.new("LA", (20, 20), (90, 128))
    image = images.decode(file_of(drawing, "PNG"))
    assert image.getpixel((3, 3)) == (90, 90, 90, 128)


def test_alpha_that_hides_nothing_is_dropped() -> None:
    assert images.decode(file_of(Image.new("RGBA", (9, 9), (1, 2, 3, 255)), "PNG")).mode == "RGB"


def test_a_jpeg_for_printing_presses_becomes_rgb() -> None:
    image = images.decode(file_of(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG"))
    assert image.mode == "RGB"
    red, green, blue = image.getpixel((5, 5))
    assert red > 200
    assert green < 60
    assert blue < 60


def test_sixteen_bits_of_grey_are_scaled_and_not_clipped() -> None:
    deep = Image.frombytes("I;16", (3, 1), struct.pack("<3H", 0, 32_768, 65_535))
    image = images.decode(file_of(deep.resize((30, 10), Image.Resampling.NEAREST), "PNG"))
    shades = [image.getpixel((x, 5))[0] for x in (3, 15, 26)]
    assert shades[0] <= 1
    assert 126 <= shades[1] <= 129
    assert shades[2] >= 254


def test_one_bit_a_pixel_is_black_and_white() -> None:
    image = images.decode(file_of(striped(20, 10).convert("1", dither=Image.Dither.NONE), "PNG"))
    assert image.mode == "RGB"
    assert set(image.get_flattened_data()) <= {(0, 0, 0), (255, 255, 255)}


@pytest.mark.parametrize("orientation", CORNERS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_lands_upright(kind: str, orientation: int) -> None:
    upright = (RED, GREEN, BLUE, WHITE)
    in_file = tuple(upright[corner] for corner in CORNERS[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    size = (80, 40) if orientation < 5 else (40, 80)
    image = images.decode(file_of(drawn.quarters(in_file, *size), kind, exif=exif))
    assert image.size == (80, 40)
    found = [image.getpixel(place) for place in ((10, 10), (70, 10), (70, 30), (10, 30))]
    assert all(alike(*pair) for pair in zip(found, upright, strict=True))


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_an_orientation_that_does_not_exist_is_passed_over(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert images.decode(file_of(striped(80, 40), "JPEG", exif=exif)).size == (80, 40)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_damaged_exif_is_passed_over() -> None:
    data = file_of(striped(80, 40), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xee" * 99)
    assert images.decode(data).size == (80, 40)


def test_a_colour_profile_is_applied_and_left_behind() -> None:
    profile = drawn.profile_of_swapped_colours()
    image = images.decode(file_of(Image.new("RGB", (9, 9), RED), "PNG", icc_profile=profile))
    red, green, _ = image.getpixel((4, 4))
    assert green > 150 > red
    assert image.info == {}


def test_a_colour_profile_leaves_transparency_alone() -> None:
    profile = drawn.profile_of_swapped_colours()
    clear = Image.new("RGBA", (9, 9), (*RED, 77))
    image = images.decode(file_of(clear, "PNG", icc_profile=profile))
    red, green, _, alpha = image.getpixel((4, 4))
    assert green > 150 > red
    assert alpha == 77


@pytest.mark.parametrize(
    "profile", [b"nonsense", b"\0" * 200, drawn.profile_of_swapped_colours()[:200]]
)
def test_a_profile_that_makes_no_sense_is_passed_over(profile: bytes) -> None:
    image = images.decode(file_of(striped(20, 20), "PNG", icc_profile=profile))
    assert alike(image.getpixel((2, 2)), RED)


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((5_000, 1_000), (2_400, 480)),
        ((2_400, 10), (2_400, 10)),
        ((2_401, 10), (2_400, 10)),
        ((20_000, 1), (2_400, 1)),
        ((1, 20_000), (1, 16_000)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_picture_is_kept_no_larger_than_it_is_shown(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    image = images.decode(file_of(Image.new("L", size, 128), "PNG"))
    assert image.size == kept
    for kind in ("jpg", "webp", "avif"):
        assert opened(images.encode(image, kind)).size == kept


def test_the_width_that_counts_is_the_upright_one() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = images.decode(file_of(Image.new("RGB", (3_000, 600)), "JPEG", exif=exif))
    assert image.size == (600, 3_000)


@pytest.mark.parametrize("size", [(20_001, 1), (1, 20_001)])
def test_sides_beyond_the_limit_are_refused_by_the_header(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="20,000") as refused:
        images.decode(drawn.forged_png(*size))
    assert refused.value.field == "picture"


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(50_000, 50_000), (8_001, 5_000), (2**31 - 1, 2**31 - 1)])
def test_more_pixels_than_the_limit_are_refused_by_the_header(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="40 megapixels"):
        images.decode(drawn.forged_png(*size))


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
def test_pillow_s_own_warning_is_a_refusal_too() -> None:
    with pytest.raises(Invalid, match="40 megapixels"):
        images.decode(drawn.forged_png(9_000, 5_000))


def test_a_film_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in (RED, GREEN, BLUE)]
    for kind in ("GIF", "PNG", "WEBP", "AVIF"):
        data = file_of(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
        image = images.decode(data)
        assert alike(image.getpixel((9, 9)), RED), kind


def test_a_phone_s_file_of_several_pictures_gives_its_first() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = file_of(
        Image.new("RGB", (6_000, 1_200), RED),
        "MPO",
        save_all=True,
        append_images=[Image.new("RGB", (60, 40), BLUE)],
        exif=exif,
    )
    image = images.decode(data)
    assert image.size == (1_200, 6_000)
    assert alike(image.getpixel((9, 9)), RED)


def test_variants_keep_the_proportions() -> None:
    assert images.scaled(striped(1_000, 500), 480).size == (480, 240)
    assert images.scaled(striped(1_000, 1), 480).size == (480, 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_what_breaks_off_is_refused_with_a_reason(kind: str) -> None:
    whole = file_of(Image.effect_noise((200, 100), 90).convert("RGB"), kind)
    for kept in (0.3, 0.6, 0.9):
        with pytest.raises(Invalid, match="damaged"):
            images.decode(whole[: int(len(whole) * kept)])


WHOLE = {kind: file_of(striped(64, 48), kind) for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF")}


@given(
    kind=st.sampled_from(sorted(WHOLE)),
    changes=st.lists(
        st.tuples(st.integers(0, 4_000), st.binary(min_size=1, max_size=4)), max_size=6
    ),
)
@settings(max_examples=150, deadline=None)
def test_damage_is_refused_or_gives_clean_pixels(
    kind: str, changes: list[tuple[int, bytes]]
) -> None:
    data = bytearray(WHOLE[kind])
    for at, value in changes:
        at %= len(data)
        data[at : at + len(value)] = value
    try:
        image = images.decode(bytes(data))
    except Invalid as refused:
        assert refused.message.endswith((".", "shown."))
    else:
        assert image.mode in {"RGB", "RGBA"}
        assert image.info == {}


@given(data=st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_noise_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid):
        images.decode(data)


def test_pixels_come_back_from_the_stored_source() -> None:
    image = Image.new("RGBA", (30, 20), (9, 99, 199, 55))
    assert images.load_source(images.encode(image, "source.webp")).getpixel((3, 3)) == (
        9,
        99,
        199,
        55,
    )
    photo = striped(30, 20)
    assert alike(images.load_source(images.encode(photo, "source.jpg")).getpixel((3, 3)), RED, 4)


def test_jpegs_are_progressive() -> None:
    assert Image.open(BytesIO(images.encode(striped(99, 99), "jpg"))).info["progressive"]
