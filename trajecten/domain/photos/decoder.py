"""Makes a clean JPEG and a thumbnail of a photo that nobody trusts. Without Django.

``python -m trajecten.domain.photos.decoder`` reads a photo from standard input and writes the answer to
standard output: one line of JSON, then the two pictures. It runs as a process of its own
(``cleaning.sanitise``), so that a decoder that crashes, hangs or eats memory takes nothing else down, and what
it read is gone with it. A mistake of our own or a broken installation ends with a traceback and status 1.
"""

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401 (open without search)

from trajecten.domain.photos.containers import Picture, Unfit, check_size, read
from trajecten.domain.photos.limits import CPU_SECONDS, MAX_SIDE, MEMORY_BYTES, QUALITY, THUMB_SIDE

STRIP_PIXELS = 1_000_000  # so much is converted at a time
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PROFILE_SPACE = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}


@dataclass(frozen=True)
class Clean:
    """Two JPEGs with the sides of each in pixels, both upright, in sRGB and without any metadata."""

    image: bytes
    width: int
    height: int
    thumbnail: bytes
    thumb_width: int
    thumb_height: int


def clean(data: bytes) -> Clean:
    """Decode, shrink, put upright, convert to sRGB, write anew. Raises Unfit, whatever the decoder says."""
    try:
        return _clean(read(data))
    except Unfit:
        raise
    except Exception as error:
        raise Unfit("damaged") from error


def _clean(picture: Picture) -> Clean:
    small, icc = _small_heif(picture) if picture.kind == "HEIF" else _small(picture)
    image = _srgb(small, icc)
    if picture.orientation in _UPRIGHT:
        image = image.transpose(_UPRIGHT[picture.orientation])
    thumbnail = image.resize(fit(image.size, THUMB_SIDE), Image.Resampling.LANCZOS)
    return Clean(_jpeg(image), *image.size, _jpeg(thumbnail), *thumbnail.size)


def fit(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The size with the same proportions and at most ``longest`` pixels on a side, never larger or 0."""
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _small(picture: Picture) -> tuple[Image.Image, bytes]:
    image = Image.open(BytesIO(picture.stream), formats=[picture.kind])
    if image.size != (picture.width, picture.height):
        raise Unfit("damaged")
    target = fit(image.size, MAX_SIDE)
    image.draft(image.mode, target)  # a JPEG is decoded at 1/2, 1/4 or 1/8 of its size when that is enough
    image.load()
    rows = _strip_rows(image.size, target)
    strips = (
        image.crop((0, top, image.width, min(top + rows, image.height)))
        for top in range(0, image.height, rows)
    )
    return _shrink(strips, image.size, target), picture.icc


def _small_heif(picture: Picture) -> tuple[Image.Image, bytes]:
    """The primary image, which libheif has put upright already."""
    pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = pillow_heif.options.AUX_IMAGES = False
    file = pillow_heif.open_heif(picture.stream)
    image = file[file.primary_index]
    check_size(*image.size)
    pixels, stride = memoryview(image.data), image.stride
    check_size(*image.size)
    width, height = image.size
    target = fit(image.size, MAX_SIDE)
    rows = _strip_rows(image.size, target)

    def strips() -> Iterator[Image.Image]:
        for top in range(0, height, rows):
            part = pixels[top * stride : (top + rows) * stride]
            size = (width, min(rows, height - top))
            yield Image.frombytes(image.mode, size, part, "raw", image.mode, stride)

    icc = image.info.get("icc_profile")
    return _shrink(strips(), image.size, target), icc if isinstance(icc, bytes) else b""


def _strip_rows(size: tuple[int, int], target: tuple[int, int]) -> int:
    """Rows of a strip: a multiple of the factor by which it is reduced."""
    factor = _factor(size, target)
    return factor * max(1, STRIP_PIXELS // (size[0] * factor))


def _factor(size: tuple[int, int], target: tuple[int, int]) -> int:
    return max(1, min(size[0] // target[0], size[1] // target[1]))


def _shrink(strips: Iterator[Image.Image], size: tuple[int, int], target: tuple[int, int]) -> Image.Image:
    """Reduce by a whole number, strip by strip so that there is no second copy; then to ``target``."""
    factor = _factor(size, target)
    canvas, top = None, 0
    for strip in strips:
        part = _opaque(strip).reduce(factor)
        canvas = canvas or Image.new(part.mode, (-(-size[0] // factor), -(-size[1] // factor)))
        canvas.paste(part, (0, top))
        top += part.height
    if canvas is None:
        raise Unfit("damaged")
    return canvas.resize(target, Image.Resampling.LANCZOS, box=(0, 0, size[0] / factor, size[1] / factor))


def _opaque(strip: Image.Image) -> Image.Image:
    """The same pixels as RGB, L or CMYK with 8 bits; what is see-through lies on white."""
    if strip.has_transparency_data:
        strip = strip.convert("RGBA")
        white = Image.new("RGB", strip.size, "white")
        white.paste(strip, mask=strip.getchannel("A"))
        return white
    if strip.mode == "I;16":
        return Image.frombytes(
            "L", strip.size, strip.tobytes()[1::2]
        )  # little-endian: the upper byte is second
    if strip.mode in _PROFILE_SPACE:
        return strip
    return strip.convert("L" if strip.mode == "1" else "RGB")


def _srgb(image: Image.Image, icc: bytes) -> Image.Image:
    """In sRGB by the picture's own profile; a profile that is broken or of another kind is passed over."""
    if icc:
        try:
            profile = ImageCms.ImageCmsProfile(BytesIO(icc))
            if profile.profile.xcolor_space.strip() == _PROFILE_SPACE[image.mode]:
                srgb = ImageCms.createProfile("sRGB")
                return ImageCms.buildTransform(profile, srgb, image.mode, "RGB").apply(image)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    bare = image.copy()
    bare.info = {}
    file = BytesIO()
    bare.save(file, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return file.getvalue()


def _limit_process() -> None:
    """No more time and memory than a photo can need; no files written, no dump of somebody's photo."""
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, allowed = resource.getrlimit(what)
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (limit, limit))


def main() -> None:
    """Answer for the photo on standard input: the refusal, or the sizes and then both pictures."""
    _limit_process()
    try:
        photo = clean(sys.stdin.buffer.read())
    except Unfit as refusal:
        sys.stdout.write(json.dumps({"refused": refusal.code, "params": refusal.params}) + "\n")
        return
    sides = {key: getattr(photo, key) for key in ("width", "height", "thumb_width", "thumb_height")}
    sys.stdout.write(json.dumps(sides | {"image_bytes": len(photo.image)}) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(photo.image + photo.thumbnail)


if __name__ == "__main__":
    main()
