"""Bytes of strangers to clean pixels, and clean pixels to files. Pure; the only user of Pillow.

Every step makes a new picture of pixels alone: whatever else a file carried (place, camera, names,
comments, a second file behind the first) has no way through.
"""

import math
import warnings
from io import BytesIO

from PIL import Image, ImageCms

from ..core.errors import Invalid
from . import anatomy
from .formats import ACCEPTED, ACCEPTED_WORDS, begins_as_accepted, likeness

MAX_PIXELS = 40_000_000
"""Pixels of an upload, read from its header. Decoding that many takes 80 MB of memory for a moment
in a JPEG, of which no more is decoded than is kept, 680 MB in a WebP, else 370."""
MAX_SIDE = 20_000
"""Pixels of either side of an upload."""
STORED_WIDTH = 2_400
"""A wider picture is scaled down to this; twice the widest column of the page."""
STORED_HEIGHT = 16_000
"""A higher picture is scaled down to this; WebP ends at 16,383 (RFC 9649)."""
MAX_PROFILE_BYTES = 4_000_000
"""A longer colour profile is ignored; those of printing presses have up to 2 MB."""
PAPER = (0xFA, 0xF7, 0xF1)
"""The page's colour in the light scheme: what shows through a picture where JPEG has no holes."""

SETTINGS: dict[str, dict[str, object]] = {
    "jpg": {"format": "JPEG", "quality": 84, "progressive": True, "optimize": True},
    "webp": {"format": "WEBP", "quality": 80},
    "avif": {"format": "AVIF", "quality": 55, "speed": 8, "max_threads": 1},
    "source.jpg": {"format": "JPEG", "quality": 95, "subsampling": 0},
    "source.webp": {"format": "WEBP", "lossless": True, "quality": 0, "method": 0, "exact": False},
}
"""How each kind of file is written. AVIF in one thread: a job leaves a processor to readers."""

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation (tag 274) to the turn that undoes it (CIPA DC-008, section 4.6.5)."""
ORIENTATION = 0x0112

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def decode(data: bytes) -> Image.Image:
    """The first frame, upright, in sRGB, without metadata, at most STORED_WIDTH x STORED_HEIGHT.

    The mode is RGB, or RGBA when something shows through. Raises Invalid with a reason.
    """
    anatomy.check(data)
    image = _open(data)
    _check_size(*image.size)
    try:
        return _clean(image)
    except Exception as error:  # a decoder may raise anything at all over a damaged file
        raise _damaged() from error


def encode(image: Image.Image, kind: str) -> bytes:
    """The file of a picture; `kind` is a key of SETTINGS. JPEG shows paper where it is clear."""
    settings = SETTINGS[kind]
    written = BytesIO()
    flat = _on_paper(image) if settings["format"] == "JPEG" else image
    flat.save(written, **settings)  # type: ignore[arg-type]  # each format has its own options
    return written.getvalue()


def load_source(data: bytes) -> Image.Image:
    """The pixels of a file that `encode` wrote."""
    image = Image.open(BytesIO(data), formats=("JPEG", "WEBP"))
    image.load()
    return image


def scaled(image: Image.Image, width: int) -> Image.Image:
    """The picture in another width, its proportions kept."""
    height = max(1, round(image.height * width / image.width))
    return _resized(image, (width, height))


def is_transparent(image: Image.Image) -> bool:
    """Whether something shows through."""
    return image.mode == "RGBA"


def _open(data: bytes) -> Image.Image:
    """The header only; no pixel is decoded."""
    try:
        return Image.open(BytesIO(data), formats=ACCEPTED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception as error:  # as above: headers are as hostile as pixels
        raise _damaged() if begins_as_accepted(data) else _not_a_picture(data) from error


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise Invalid(
            "picture",
            f"This picture is {width:,} by {height:,} pixels. "
            f"Neither side may have more than {MAX_SIDE:,}; scale or crop it first.",
        )


def _clean(image: Image.Image) -> Image.Image:
    if image.format in {"JPEG", "MPO"}:  # decode no more than is kept
        image.draft(None, _target(image.size, _turn(image)))
    image.load()
    turn = _turn(image)
    profile = image.info.get("icc_profile")
    pixels = _resized(_in_plain_mode(image), _target(image.size, turn))
    pixels = pixels.transpose(turn) if turn is not None else pixels
    pixels = _without_idle_alpha(_in_srgb(pixels, profile))
    pixels.info = {}
    return pixels


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What sets a picture upright. A PNG must be loaded: it may say so after its pixels."""
    try:
        return UPRIGHT.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # damaged EXIF is no reason to refuse a picture
        return None


def _target(size: tuple[int, int], turn: Image.Transpose | None) -> tuple[int, int]:
    """The stored size of a picture, as it lies before the turn."""
    sideways = turn in {UPRIGHT[5], UPRIGHT[6], UPRIGHT[7], UPRIGHT[8]}
    width, height = reversed(size) if sideways else size
    ratio = min(1.0, STORED_WIDTH / width, STORED_HEIGHT / height)
    fitted = max(1, math.floor(width * ratio + 0.5)), max(1, math.floor(height * ratio + 0.5))
    return (fitted[1], fitted[0]) if sideways else fitted


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """A mode that can be scaled: L, LA, RGB, RGBA or CMYK."""
    if image.mode.startswith(("I", "F")):  # sixteen bits of grey; a plain conversion would clip
        return image.point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data and image.mode not in {"LA", "RGBA"}:
        return image.convert("RGBA")
    if image.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if size == image.size:
        return image.copy()
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The colours every screen knows; a profile that makes no sense is passed over."""
    if isinstance(profile, bytes) and 0 < len(profile) <= MAX_PROFILE_BYTES:
        try:
            return _by_profile(image, profile)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGBA" if "A" in image.getbands() else "RGB")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    colours = image.convert(image.mode.removesuffix("A")) if alpha is not None else image
    source, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(colours, source, srgb, outputMode="RGB")
    if converted is None:
        raise ValueError("the conversion gave nothing")
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def _on_paper(image: Image.Image) -> Image.Image:
    if not is_transparent(image):
        return image
    paper = Image.new("RGB", image.size, PAPER)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _too_many_pixels() -> Invalid:
    limit = MAX_PIXELS // 1_000_000
    return Invalid(
        "picture",
        f"This picture has more than {limit} megapixels. Scale it down, for example to "
        f"{STORED_WIDTH:,} pixels wide; more is never shown.",
    )


def _not_a_picture(data: bytes) -> Invalid:
    seems = likeness(data)
    nature = (
        f"This file looks like {seems}." if seems else "This file is not a picture we can read."
    )
    return Invalid("picture", f"{nature} Please export it as {ACCEPTED_WORDS} and send that.")


def _damaged() -> Invalid:
    return Invalid(
        "picture",
        "This picture is damaged or breaks off before its end. Please export or download it again.",
    )
