"""What is in a photo file, read before any decoder sees it.

A reader takes the file apart and keeps only what makes the picture: no text, comments, XMP, previews,
further frames or bytes after the end, so that a decoder never meets them. It refuses a picture that is not
whole, or whose header says that it is too large to decode. Plain Python, without Pillow or Django.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trajecten.domain.photos.limits import (
    MAX_ICC_BYTES,
    MAX_PARTS,
    MAX_PIXELS,
    MAX_PIXELS_WEBP,
    MAX_SCANS,
    MAX_SOURCE_SIDE,
)

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
STILL_HEIC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis"))


class Unfit(Exception):
    """The file is not taken. ``code`` and ``params`` are those of ``photos.PhotoRefused``."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Picture:
    """One picture taken out of its file. ``width`` and ``height`` are as stored, before ``orientation``."""

    kind: str  # the name of Pillow's format
    stream: bytes
    width: int
    height: int
    icc: bytes = b""
    orientation: int = 1  # 1 to 8, as in EXIF


def kind_of(head: bytes) -> str | None:
    """JPEG, PNG, WEBP or HEIF by the first bytes (``HEAD_BYTES`` is enough); None for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(PNG_SIGNATURE):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and _brands(head) & STILL_HEIC_BRANDS:
        return "HEIF"
    return None


def read(data: bytes) -> Picture:
    """Take the first (or primary) picture out of the file. Raises Unfit."""
    if not data:
        raise Unfit("empty")
    reader = READERS.get(kind_of(data) or "")
    if not reader:
        raise Unfit("wrong_type")
    try:
        picture = reader(data)
    except (struct.error, IndexError) as error:
        raise Unfit("damaged") from error
    check_size(picture.width, picture.height, MAX_PIXELS_WEBP if picture.kind == "WEBP" else MAX_PIXELS)
    return picture


def check_size(width: int, height: int, limit: int = MAX_PIXELS) -> None:
    """Refuse a picture without pixels, with more than ``limit`` of them, or with an absurdly long side."""
    if width < 1 or height < 1:
        raise Unfit("damaged")
    if width * height > limit or max(width, height) > MAX_SOURCE_SIDE:
        raise Unfit("too_many_pixels", width=width, height=height, limit=limit // 1_000_000)


def orientation_of(exif: bytes) -> int:
    """The orientation in the first directory of EXIF data; 1 (upright) when there is none to be found."""
    tiff = exif.removeprefix(b"Exif\x00\x00")
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if not order:
        return 1
    try:
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for entry in range(count):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * entry)
            if (tag, kind) == (0x0112, 3):
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


# -- JPEG ---------------------------------------------------------------------------------------------
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # any but padding, escaped data and restart markers
_START_OF_SCAN, _END = 0xDA, 0xD9
_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended and progressive: what cameras and programs write
_UNUSED_FRAMES = {*range(0xC3, 0xD0)} - {0xC4, 0xC8, 0xCC}  # lossless, hierarchical, arithmetic
_TABLES = {0xC4, 0xDB, 0xDD}  # Huffman, quantisation, restart interval
_COLOUR_HINTS = {0xE0: b"JFIF\x00", 0xEE: b"Adobe"}


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, body, and for a scan its pixels, up to the end of the first picture in the file."""
    position = 2
    for _ in range(MAX_PARTS):
        marker = _MARKER.search(data, position)
        if not marker:
            break
        code, start = marker[0][1], marker.end()
        if code == _END:
            return
        (length,) = struct.unpack_from(">H", data, start)
        position = start + length
        following = _MARKER.search(data, position) if code == _START_OF_SCAN else None
        if length < 2 or position > len(data):
            break
        yield code, data[start + 2 : position], data[position : following.start()] if following else b""
    raise Unfit("damaged")  # no end: the file was cut off


def _read_jpeg(data: bytes) -> Picture:
    found: dict[int, list[bytes]] = {}
    kept = [b"\xff\xd8"]
    for code, body, pixels in _jpeg_segments(data):
        found.setdefault(code, []).append(body)
        if _makes_the_picture(code, body):
            kept += [bytes((0xFF, code)), struct.pack(">H", len(body) + 2), body, pixels]
    frames = [frame for code in _FRAMES for frame in found.get(code, ())]
    scans = len(found.get(_START_OF_SCAN, ()))
    if len(frames) != 1 or not 1 <= scans <= MAX_SCANS or found.keys() & _UNUSED_FRAMES:
        raise Unfit("damaged")
    height, width = struct.unpack_from(">HH", frames[0], 1)
    exif = next((body for body in found.get(0xE1, ()) if body.startswith(b"Exif\x00\x00")), b"")
    stream = b"".join((*kept, b"\xff\xd9"))
    return Picture("JPEG", stream, width, height, _jpeg_profile(found.get(0xE2, [])), orientation_of(exif))


def _makes_the_picture(code: int, body: bytes) -> bool:
    if code in _COLOUR_HINTS:
        return body.startswith(_COLOUR_HINTS[code])
    return code in _FRAMES or code in _TABLES or code == _START_OF_SCAN


def _jpeg_profile(segments: list[bytes]) -> bytes:
    """The colour profile, put together from its numbered pieces."""
    pieces = {
        body[12]: body[14:] for body in segments if body.startswith(b"ICC_PROFILE\x00") and len(body) > 14
    }
    return b"".join(pieces[number] for number in sorted(pieces))


# -- PNG ----------------------------------------------------------------------------------------------
_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Type, body and the whole chunk. Text and other chunks are passed over without being unpacked."""
    position = len(PNG_SIGNATURE)
    for _ in range(MAX_PARTS):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            break
        yield kind, data[position + 8 : end - 4], data[position:end]
        if kind == b"IEND":
            return
        position = end
    raise Unfit("damaged")


def _read_png(data: bytes) -> Picture:
    kept: list[bytes] = [PNG_SIGNATURE]
    found: dict[bytes, bytes] = {}
    for kind, body, chunk in _png_chunks(data):
        if kind in _PNG_KEPT:
            if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
                raise Unfit("damaged")
            kept.append(chunk)
        found.setdefault(kind, body)
    if next(iter(found)) != b"IHDR" or b"IDAT" not in found:
        raise Unfit("damaged")
    width, height = struct.unpack_from(">II", found[b"IHDR"])
    icc = _unpacked_profile(found.get(b"iCCP", b""))
    return Picture("PNG", b"".join(kept), width, height, icc, orientation_of(found.get(b"eXIf", b"")))


def _unpacked_profile(chunk: bytes) -> bytes:
    """The colour profile of an iCCP chunk; nothing when it is broken or swells beyond ``MAX_ICC_BYTES``."""
    _, _, packed = chunk.partition(b"\x00")
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed[1:], MAX_ICC_BYTES)
    except zlib.error:
        return b""
    return profile if unpacker.eof else b""


# -- WebP ---------------------------------------------------------------------------------------------
_HAS_ALPHA = 0x10


def _riff_chunks(data: bytes, position: int) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of the chunks from ``position`` to the end of ``data``."""
    for _ in range(MAX_PARTS):
        if position >= len(data):
            return
        name, length = struct.unpack_from("<4sI", data, position)
        body = data[position + 8 : position + 8 + length]
        if len(body) < length:
            break
        yield name, body
        position += 8 + length + length % 2
    raise Unfit("damaged")


def _read_webp(data: bytes) -> Picture:
    (length,) = struct.unpack_from("<I", data, 4)
    if length + 8 > len(data):
        raise Unfit("damaged")
    chunks = _first_of_each(_riff_chunks(data[: length + 8], 12))
    frame = _first_of_each(_riff_chunks(chunks[b"ANMF"], 16)) if b"ANMF" in chunks else chunks
    width, height, stream = _still_webp(frame)
    return Picture(
        "WEBP", stream, width, height, chunks.get(b"ICCP", b""), orientation_of(chunks.get(b"EXIF", b""))
    )


def _first_of_each(chunks: Iterator[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for name, body in chunks:
        found.setdefault(name, body)
    return found


def _still_webp(chunks: dict[bytes, bytes]) -> tuple[int, int, bytes]:
    """Width, height and a file with this one picture: lossless, or lossy with its transparency."""
    if b"VP8L" in chunks:
        bits = int.from_bytes(chunks[b"VP8L"][1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, _riff((b"VP8L", chunks[b"VP8L"]))
    if b"VP8 " not in chunks:
        raise Unfit("damaged")
    width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", chunks[b"VP8 "], 6))
    if b"ALPH" not in chunks or not (width and height):
        return width, height, _riff((b"VP8 ", chunks[b"VP8 "]))
    canvas = (
        struct.pack("<I", _HAS_ALPHA) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    )
    return width, height, _riff((b"VP8X", canvas), (b"ALPH", chunks[b"ALPH"]), (b"VP8 ", chunks[b"VP8 "]))


def _riff(*chunks: tuple[bytes, bytes]) -> bytes:
    packed = b"".join(
        name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2) for name, body in chunks
    )
    return b"RIFF" + struct.pack("<I", len(packed) + 4) + b"WEBP" + packed


# -- HEIC ---------------------------------------------------------------------------------------------
_SIZE_PROPERTY = re.compile(rb"\x00\x00\x00\x14ispe\x00{4}(.{8})", re.DOTALL)


def _brands(head: bytes) -> set[bytes]:
    """The major and compatible brands in a file type box; those that fit in ``head``."""
    end = min(int.from_bytes(head[:4]), len(head))
    return {head[8:12]} | {head[at : at + 4] for at in range(16, end - 3, 4)}


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and body of the outermost boxes, which together fill the file exactly."""
    position = 0
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        start = position + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, start)
            start += 8
        end = position + length if length else len(data)
        if not start <= end <= len(data):
            raise Unfit("damaged")
        yield kind, data[start:end]
        position = end


def _read_heif(data: bytes) -> Picture:
    """The whole file, as its parts are found by their place in it; the size is the largest declared."""
    described = b"".join(body for kind, body in _boxes(data) if kind == b"meta")
    sizes = [struct.unpack(">II", found[1]) for found in _SIZE_PROPERTY.finditer(described)]
    if not sizes:
        raise Unfit("damaged")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Picture("HEIF", data, width, height)


READERS: dict[str, Callable[[bytes], Picture]] = {
    "JPEG": _read_jpeg,
    "PNG": _read_png,
    "WEBP": _read_webp,
    "HEIF": _read_heif,
}
