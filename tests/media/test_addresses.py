import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.media.addresses import names, well_formed, widths

KEY = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("width", "made"),
    [
        (1, (1,)),
        (480, (480,)),
        (481, (480, 481)),
        (1_200, (480, 800, 1_200)),
        (2_400, (480, 800, 1_200, 1_600, 2_400)),
    ],
)
def test_a_picture_is_made_in_the_usual_widths_below_its_own(
    width: int, made: tuple[int, ...]
) -> None:
    assert widths(width) == made


@given(st.integers(1, 2_400))
def test_widths_ascend_to_the_picture_s_own_and_every_name_is_an_address(width: int) -> None:
    steps = widths(width)
    assert steps[-1] == width
    assert list(steps) == sorted(set(steps))
    assert all(well_formed(KEY, name) for name in names(width))


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (KEY, "480.png"),
        (KEY, "480.jpg\n"),
        (KEY, "0480.jpg"),
        (KEY, "-1.jpg"),
        (KEY, "٤٨٠.jpg"),
        (KEY, "original.jpg"),
        (KEY, "source.webp"),
        (KEY, ".480.jpg.00.part"),
        (KEY, "..%2f480.jpg"),
        (KEY, "../480.jpg"),
        (KEY, "48000.jpg"),
        (KEY.upper(), "480.jpg"),
        (KEY[:-1], "480.jpg"),
        (KEY + "\n", "480.jpg"),
        ("..", "480.jpg"),
    ],
)
def test_nothing_else_is_an_address(key: str, name: str) -> None:
    assert not well_formed(key, name)
