import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.media import illustrations
from blog.media.models import Picture

KEY = "ab" * 16


def picture(width: int) -> Picture:
    return Picture(key=KEY, file_name="a.jpg", width=width, height=700)


def test_a_picture_says_every_file_with_its_width() -> None:
    shown = illustrations.as_picture(picture(1_000))
    assert (shown.width, shown.height) == (1_000, 700)
    assert shown.src == f"/media/{KEY}/1000.jpg"
    assert shown.srcset == (
        f"/media/{KEY}/480.jpg 480w, /media/{KEY}/800.jpg 800w, /media/{KEY}/1000.jpg 1000w"
    )
    assert [kind for kind, _ in shown.sources] == ["image/avif", "image/webp"]
    assert shown.sources[0][1] == shown.srcset.replace(".jpg", ".avif")
    assert shown.sources[1][1] == shown.srcset.replace(".jpg", ".webp")


def test_sizes_are_those_of_the_column_unless_said_otherwise() -> None:
    assert illustrations.as_picture(picture(9)).sizes == "(min-width: 40em) 37rem, 100vw"
    wide = illustrations.as_picture(picture(9), illustrations.WIDE)
    assert wide.sizes == "(min-width: 66em) 59rem, 100vw"


@pytest.mark.parametrize(
    ("width", "chosen"), [(2_400, 1_200), (1_201, 1_200), (1_100, 1_100), (300, 300)]
)
def test_networks_are_shown_a_jpeg_of_about_1200_pixels(width: int, chosen: int) -> None:
    assert illustrations.social_source(picture(width)) == f"/media/{KEY}/{chosen}.jpg"


@given(st.integers(1, 2_400))
def test_the_source_is_always_one_of_the_set(width: int) -> None:
    shown = illustrations.as_picture(picture(width))
    assert f"{shown.src} " in shown.srcset
