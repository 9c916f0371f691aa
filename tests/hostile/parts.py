"""Pieces of photo files, for files that no encoder would write."""

import random
import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image

RED, GREEN, BLUE, WHITE = (220, 30, 30), (20, 170, 40), (30, 40, 220), (255, 255, 255)
CORNERS = (RED, GREEN, BLUE, WHITE)  # top left, top right, bottom left, bottom right

SCRIPT = b"<script>alert('polder')</script>"
PHP = b"<?php system($_GET['polder']); ?>"
SECRET = b"KEEP-OUT-5121.4387N"  # stands for anything that could tell who made the photo, and where


def scene(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A picture with a colour in each corner, so that a wrong turn shows."""
    picture = Image.new("RGB", (width, height))
    half = (width // 2, height // 2)
    for colour, x, y in zip(CORNERS, (0, 1, 0, 1), (0, 0, 1, 1), strict=True):
        picture.paste(colour, (x * half[0], y * half[1], width, height))
    return picture.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """The same noise every time: pixels that pack badly."""
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as JPEG, PNG, WEBP, HEIF or any other of Pillow's formats."""
    file = BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(file, **{"quality": 90, "chroma": 444} | options)
    else:
        picture.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF with an orientation, a place, a maker and a comment, as a phone writes it."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = SECRET.decode()
    gps = tags.get_ifd(0x8825)
    gps.update({1: "N", 2: (52.0, 37.0, 56.64), 3: "E", 4: (4.0, 45.0, 12.24), 29: SECRET.decode()})
    return tags


def xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>' + SECRET + b"</place></x:xmpmeta>"


# -- JPEG ---------------------------------------------------------------------------------------------
def jpeg_segment(code: int, body: bytes) -> bytes:
    return bytes((0xFF, code)) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(jpeg: bytes, *segments: bytes) -> bytes:
    """The JPEG with segments put in right after its start."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def jpeg_frame(jpeg: bytes, width: int, height: int) -> bytes:
    """The JPEG with another size in its header."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


# -- PNG ----------------------------------------------------------------------------------------------
PNG_START = b"\x89PNG\r\n\x1a\n"


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, depth: int, colour: int, pixels: bytes, *extra: bytes) -> bytes:
    """A PNG with these raw rows (each begins with a filter byte) and extra chunks before them."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"".join(
        (PNG_START, head, *extra, png_chunk(b"IDAT", zlib.compress(pixels, 9)), png_chunk(b"IEND", b""))
    )


def png_with(original: bytes, *chunks: bytes) -> bytes:
    """The PNG with chunks put in after its header."""
    return original[:33] + b"".join(chunks) + original[33:]


def flood(megabytes: int) -> bytes:
    """So many megabytes of zeros, packed to a thousandth."""
    packer = zlib.compressobj(9)
    return b"".join([packer.compress(bytes(1024 * 1024)) for _ in range(megabytes)]) + packer.flush()


# -- WebP ---------------------------------------------------------------------------------------------
def webp_with(original: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """The WebP with chunks added at its end, and the length in its header made right."""
    body = original[12:] + b"".join(
        name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


# -- HEIC ---------------------------------------------------------------------------------------------
def box(kind: bytes, *bodies: bytes) -> bytes:
    body = b"".join(bodies)
    return struct.pack(">I", len(body) + 8) + kind + body


def full_box(kind: bytes, version: int, *bodies: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24), *bodies)


def heic_size(width: int, height: int) -> bytes:
    return full_box(b"ispe", 0, struct.pack(">II", width, height))


def heic_stream(picture: Image.Image) -> tuple[bytes, bytes]:
    """The decoder's configuration (a property) and the compressed picture, out of a HEIC of our own."""
    file = encoded(picture, "HEIF", quality=10, chroma=420, enc_params={"preset": "ultrafast"})
    at = file.index(b"hvcC") - 4
    return file[at : at + int.from_bytes(file[at : at + 4])], file[file.index(b"mdat") + 4 :]


def heic(
    items: Sequence[tuple[bytes, bytes, Sequence[int]]],
    properties: Sequence[bytes],
    references: Sequence[tuple[bytes, int, Sequence[int]]] = (),
) -> bytes:
    """A HEIC with items (type, data, numbers of its properties); the first is the primary one.

    Equal data of two items is stored once. References are (kind, from item, to items), items counted from 1.
    """
    payload, places = b"", {}
    for _, data, _ in items:
        if data not in places:
            places[data] = len(payload)
            payload += data
    numbered = list(enumerate(items, start=1))

    def described(start: int) -> bytes:
        where = [
            struct.pack(">HHHHII", number, 0, 0, 1, start + places[data], len(data))
            for number, (_, data, _) in numbered
        ]
        what = [
            full_box(b"infe", 2, struct.pack(">HH", number, 0), kind, b"\0")
            for number, (kind, _, _) in numbered
        ]
        used = [(number, list(links)) for number, (_, _, links) in numbered if links]
        links = [struct.pack(">HB", number, len(which)) + bytes(which) for number, which in used]
        named = [
            box(kind, struct.pack(">HH", source, len(to)), *(struct.pack(">H", item) for item in to))
            for kind, source, to in references
        ]
        return box(b"ftyp", b"heic", bytes(4), b"mif1heic") + full_box(
            b"meta",
            0,
            full_box(b"hdlr", 0, bytes(4), b"pict", bytes(13)),
            full_box(b"pitm", 0, struct.pack(">H", 1)),
            full_box(b"iloc", 1, b"\x44\x00", struct.pack(">H", len(items)), *where),
            full_box(b"iinf", 0, struct.pack(">H", len(items)), *what),
            box(
                b"iprp",
                box(b"ipco", *properties),
                full_box(b"ipma", 0, struct.pack(">I", len(used)), *links),
            ),
            full_box(b"iref", 0, *named),
        )

    return described(len(described(0)) + 8) + box(b"mdat", payload)


# -- Colour profiles ----------------------------------------------------------------------------------
def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def display_p3() -> bytes:
    """A colour profile with the primaries of Display P3 (adapted to D50) and a plain gamma of 2.2."""
    columns = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
        b"wtpt": (0.96420, 1.0, 0.82491),
    }
    tags = {name: b"XYZ " + bytes(4) + b"".join(map(_fixed, column)) for name, column in columns.items()}
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    tags |= {b"rTRC": gamma, b"gTRC": gamma, b"bTRC": gamma, b"cprt": b"text" + bytes(4) + SECRET + b"\0"}
    offset, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for name, body in tags.items():
        table += struct.pack(">4sII", name, offset + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    size = offset + len(data)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += (
        struct.pack(">6H", 2024, 1, 1, 0, 0, 0)
        + b"acsp"
        + bytes(28)
        + b"".join(map(_fixed, columns[b"wtpt"]))
    )
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data
