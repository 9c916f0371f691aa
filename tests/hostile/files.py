"""A folder of hostile and odd photo files, each with what must become of it.

``python -m tests.hostile.files FOLDER`` writes them, to try them in a browser.
"""

import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import Image

from tests.hostile import parts
from tests.hostile.parts import PHP, SCRIPT, SECRET, encoded, exif, scene, xmp

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class File:
    """A file and its outcome: refused with a code, or clean with a size and a colour in each corner."""

    name: str
    make: Callable[[], bytes]
    refused: str = ""
    size: tuple[int, int] = (64, 48)
    corners: tuple[tuple[int, int, int], ...] = parts.CORNERS


FILES: dict[str, File] = {}


def refused(name: str, code: str, make: Callable[[], bytes]) -> None:
    FILES[name] = File(name, make, refused=code)


def clean(
    name: str,
    make: Callable[[], bytes],
    size: tuple[int, int] = (64, 48),
    corners: tuple[tuple[int, int, int], ...] = parts.CORNERS,
) -> None:
    FILES[name] = File(name, make, size=size, corners=corners)


def jpeg() -> bytes:
    return encoded(scene(), "JPEG", quality=95)


def png() -> bytes:
    return encoded(scene(), "PNG")


def webp() -> bytes:
    return encoded(scene(), "WEBP", lossless=True)


def heic() -> bytes:
    return encoded(scene(), "HEIF")


def archive() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as contents:
        contents.writestr("Main.class", SECRET + SCRIPT)
    return file.getvalue()


# -- Not a photo --------------------------------------------------------------------------------------
refused("empty.jpg", "empty", lambda: b"")
refused("renamed_text.jpg", "wrong_type", lambda: b"This is a letter, not a photo.\n" * 20)
refused("one_byte.jpg", "wrong_type", lambda: b"\xff")
refused("page.jpg", "wrong_type", lambda: b"<!doctype html><title>x</title>" + SCRIPT)
refused("drawing.svg", "wrong_type", lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>")
refused("drawing_named.png", "wrong_type", lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>')
refused("moving.gif", "wrong_type", lambda: encoded(scene(mode="P"), "GIF"))
refused("gif_named.jpg", "wrong_type", lambda: encoded(scene(mode="P"), "GIF"))
refused("bitmap.bmp", "wrong_type", lambda: encoded(scene(), "BMP"))
refused("scan.tiff", "wrong_type", lambda: encoded(scene(), "TIFF"))
refused("icon.ico", "wrong_type", lambda: encoded(scene(), "ICO"))
refused("photo.avif", "wrong_type", lambda: encoded(scene(), "AVIF"))
refused("photo.jp2", "wrong_type", lambda: encoded(scene(), "JPEG2000"))
refused("letter.pdf", "wrong_type", lambda: encoded(scene(), "PDF"))
refused("print.eps", "wrong_type", lambda: encoded(scene(), "EPS"))
refused("film.mp4", "wrong_type", lambda: parts.box(b"ftyp", b"isom", bytes(4), b"isommp42") + bytes(200))
refused("film.mov", "wrong_type", lambda: parts.box(b"ftyp", b"qt  ", bytes(4), b"qt  ") + bytes(200))
refused("sound.webp", "wrong_type", lambda: b"RIFF" + struct.pack("<I", 40) + b"WAVEfmt " + bytes(36))
refused("archive.jpg", "wrong_type", archive)
refused("program.jpg", "wrong_type", lambda: b"MZ" + bytes(300))
refused("photo_after_text.jpg", "wrong_type", lambda: SCRIPT + jpeg())

# -- Only the beginning of a photo --------------------------------------------------------------------
refused("text_after_jpeg_start.jpg", "damaged", lambda: b"\xff\xd8\xff\xe0" + b"not a photo at all " * 30)
refused("text_after_png_start.png", "damaged", lambda: parts.PNG_START + SCRIPT * 30)
refused("webp_start.webp", "damaged", lambda: b"RIFF\x04\x00\x00\x00WEBP")
refused("heic_start.heic", "damaged", lambda: parts.box(b"ftyp", b"heic", bytes(4), b"mif1heic"))
for kind, maker in (("jpg", jpeg), ("png", png), ("webp", webp), ("heic", heic)):
    refused(f"half.{kind}", "damaged", lambda maker=maker: maker()[: len(maker()) // 2])
    refused(f"nearly_whole.{kind}", "damaged", lambda maker=maker: maker()[:-3])
    refused(f"header_only.{kind}", "damaged", lambda maker=maker: maker()[:32])
refused(
    "end_missing.webp", "damaged", lambda: parts.webp_with(webp(), (b"XMP ", xmp() + SECRET))[: len(webp())]
)
refused("progressive_half.jpg", "damaged", lambda: _half_of_the_scans())
refused("wrong_checksum.png", "damaged", lambda: png()[:29] + b"\0\0\0\0" + png()[33:])
refused("broken_pixels.png", "damaged", lambda: _png_with_pixels(b"\x78\x9cnonsense" * 9))
refused("too_few_pixels.png", "damaged", lambda: _png_with_pixels(zlib.compress(bytes(100))))
refused("no_pixels.png", "damaged", lambda: parts.PNG_START + png()[8:33] + parts.png_chunk(b"IEND", b""))


def _half_of_the_scans() -> bytes:
    whole = encoded(parts.noise(400, 300), "JPEG", progressive=True)
    return whole[: len(whole) // 2]


def _png_with_pixels(packed: bytes) -> bytes:
    return b"".join((png()[:33], parts.png_chunk(b"IDAT", packed), parts.png_chunk(b"IEND", b"")))


# -- Too much -----------------------------------------------------------------------------------------
refused("large.jpg", "too_large", lambda: jpeg() + bytes(15 * MEGABYTE))
refused(
    "bomb.png",  # 400 megapixels in some 50 kB, and every one of them is there
    "too_many_pixels",
    lambda: parts.png(20_000, 20_000, 1, 0, bytes(2501 * 20_000)),
)
refused("declared.png", "too_many_pixels", lambda: parts.png(65_000, 65_000, 8, 6, bytes(1000)))
refused("line.png", "too_many_pixels", lambda: parts.png(40_000, 1, 8, 0, bytes(40_001)))
refused("pillar.png", "too_many_pixels", lambda: parts.png(1, 40_000, 8, 0, bytes(80_000)))
refused("impossible.png", "too_many_pixels", lambda: parts.png(2**31 - 1, 2**31 - 1, 8, 2, b""))
refused("nothing_wide.png", "damaged", lambda: parts.png(0, 10, 8, 2, b""))
refused("declared.jpg", "too_many_pixels", lambda: parts.jpeg_frame(jpeg(), 65_500, 65_500))
refused("nothing_high.jpg", "damaged", lambda: parts.jpeg_frame(jpeg(), 64, 0))
refused(
    "bomb.webp",
    "too_many_pixels",
    lambda: encoded(Image.new("RGB", (6_000, 4_001)), "WEBP", lossless=True, quality=0, method=0),
)
refused("declared.heic", "too_many_pixels", lambda: _heic_that_says(20_000, 20_000))
refused("overflow.heic", "too_many_pixels", lambda: _heic_that_says(2**32 - 1, 2**32 - 1))
refused("hidden_size.heic", "too_many_pixels", lambda: _heic_with_a_decoy_size())
refused("larger_inside.heic", "damaged", lambda: _heic_that_says(64, 64, Image.new("RGB", (3_000, 2_000))))
refused("same_tile.heic", "damaged", lambda: _heic_of_the_same_tile_256_times())
refused("same_metadata.heic", "damaged", lambda: _heic_with_the_same_exif_900_times())
refused(
    "huge_chunk.png",
    "damaged",
    lambda: parts.png_with(png(), struct.pack(">I4s", 2**31 - 1, b"tEXt") + b"comment\0"),
)
refused("many_chunks.png", "damaged", lambda: parts.png_with(png(), parts.png_chunk(b"tEXt", b"") * 100_000))
refused(
    "many_segments.jpg", "damaged", lambda: parts.jpeg_with(jpeg(), parts.jpeg_segment(0xFE, b"") * 100_000)
)
refused("many_scans.jpg", "damaged", lambda: _jpeg_that_repeats_a_scan(100))
refused("two_frames.jpg", "damaged", lambda: _jpeg_with_a_second_frame())
refused(
    "two_headers.png", "damaged", lambda: parts.png_with(png(), parts.png(20_000, 20_000, 8, 2, b"")[8:33])
)


def _heic_that_says(width: int, height: int, picture: Image.Image | None = None) -> bytes:
    setup, stream = parts.heic_stream(picture or scene(64, 64))
    return parts.heic([(b"hvc1", stream, (1, 2))], [setup, parts.heic_size(width, height)])


def _heic_with_a_decoy_size() -> bytes:
    """Says 64 by 64 where one would look, and 20,000 by 20,000 in a box with a 64-bit length."""
    setup, stream = parts.heic_stream(scene(64, 64))
    real = struct.pack(">I4sQ", 1, b"ispe", 28) + bytes(4) + struct.pack(">II", 20_000, 20_000)
    return parts.heic([(b"hvc1", stream, (1, 2))], [setup, real, parts.heic_size(64, 64)])


def _heic_of_the_same_tile_256_times() -> bytes:
    """A picture of one megapixel, made by decoding 36 megapixels 256 times."""
    setup, stream = parts.heic_stream(Image.new("RGB", (6_000, 6_000), "red"))
    grid = bytes((0, 0, 15, 15)) + struct.pack(">HH", 1024, 1024)
    return parts.heic(
        [(b"grid", grid, (3,)), (b"hvc1", stream, (1, 2))],
        [setup, parts.heic_size(6_000, 6_000), parts.heic_size(1024, 1024)],
        [(b"dimg", 1, [2] * 256)],
    )


def _heic_with_the_same_exif_900_times() -> bytes:
    """Fourteen megabytes of metadata that unfold to twelve gigabytes."""
    setup, stream = parts.heic_stream(scene(64, 64))
    metadata = bytes(14 * MEGABYTE)
    return parts.heic(
        [(b"hvc1", stream, (1, 2)), *[(b"Exif", metadata, ())] * 900],
        [setup, parts.heic_size(64, 64)],
        [(b"cdsc", item, (1,)) for item in range(2, 902)],
    )


def _jpeg_that_repeats_a_scan(times: int) -> bytes:
    whole = encoded(scene(), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * times + b"\xff\xd9"


def _jpeg_with_a_second_frame() -> bytes:
    at = jpeg().index(b"\xff\xc0")
    frame = jpeg()[at : at + 19]
    return jpeg()[:at] + frame + frame + jpeg()[at + 19 :]


# -- Swelling text, which is passed over --------------------------------------------------------------
clean("packed_text.png", lambda: parts.png_with(png(), parts.png_chunk(b"zTXt", b"a\0\0" + parts.flood(100))))
clean(
    "packed_translated_text.png",
    lambda: parts.png_with(png(), parts.png_chunk(b"iTXt", b"a\0\1\0\0\0" + parts.flood(100))),
)
clean(
    "packed_profile.png", lambda: parts.png_with(png(), parts.png_chunk(b"iCCP", b"a\0\0" + parts.flood(100)))
)

# -- Who, where, when ---------------------------------------------------------------------------------
clean("place.jpg", lambda: encoded(scene(), "JPEG", quality=95, exif=exif(), xmp=xmp(), comment=SECRET))
clean("place.png", lambda: encoded(scene(), "PNG", exif=exif()))
clean("place.webp", lambda: encoded(scene(), "WEBP", lossless=True, exif=exif(), xmp=xmp()))
clean("place.heic", lambda: encoded(scene(), "HEIF", exif=exif().tobytes(), xmp=xmp()))
clean(
    "caption.jpg",
    lambda: parts.jpeg_with(jpeg(), parts.jpeg_segment(0xED, b"Photoshop 3.0\x008BIM" + SECRET)),
)
clean(
    "preview.jpg",
    lambda: parts.jpeg_with(
        jpeg(), parts.jpeg_segment(0xE1, b"Exif\0\0" + exif().tobytes()[6:] + jpeg() + SECRET)
    ),
)
clean("text.png", lambda: parts.png_with(png(), parts.png_chunk(b"tEXt", b"Author\0" + SECRET)))

# -- Which way is up ----------------------------------------------------------------------------------
_A, _B, _C, _D = parts.CORNERS
TURNS = {
    1: (_A, _B, _C, _D),
    2: (_B, _A, _D, _C),
    3: (_D, _C, _B, _A),
    4: (_C, _D, _A, _B),
    5: (_A, _C, _B, _D),
    6: (_C, _A, _D, _B),
    7: (_D, _B, _C, _A),
    8: (_B, _D, _A, _C),
}
for turn, seen in TURNS.items():
    lying = (48, 64) if turn > 4 else (64, 48)
    clean(
        f"turned_{turn}.jpg",
        lambda turn=turn: encoded(scene(), "JPEG", quality=95, exif=exif(turn)),
        lying,
        seen,
    )
    clean(
        f"turned_{turn}.heic",
        lambda turn=turn: encoded(scene(), "HEIF", exif=exif(turn).tobytes()),
        lying,
        seen,
    )
clean("turned_6.png", lambda: encoded(scene(), "PNG", exif=exif(6)), (48, 64), TURNS[6])
clean("turned_6.webp", lambda: encoded(scene(), "WEBP", lossless=True, exif=exif(6)), (48, 64), TURNS[6])
clean("turned_nonsense.jpg", lambda: encoded(scene(), "JPEG", quality=95, exif=exif(77)))
clean(
    "broken_exif.jpg",
    lambda: parts.jpeg_with(jpeg(), parts.jpeg_segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xf0")),
)
clean("turned_large.jpg", lambda: encoded(scene(3000, 2000), "JPEG", exif=exif(8)), (1365, 2048), TURNS[8])

# -- Two things in one --------------------------------------------------------------------------------
clean("archive_behind.jpg", lambda: jpeg() + archive())
clean("page_behind.jpg", lambda: jpeg() + b"<html>" + SCRIPT + PHP)
clean("archive_behind.png", lambda: png() + archive())
clean("archive_behind.webp", lambda: webp() + archive())
refused("archive_behind.heic", "damaged", lambda: heic() + archive())
clean("page_in_a_box.heic", lambda: heic() + parts.box(b"free", SCRIPT + PHP))
clean("script_in_comment.jpg", lambda: parts.jpeg_with(jpeg(), parts.jpeg_segment(0xFE, PHP + SCRIPT)))
clean("script_in_application.jpg", lambda: parts.jpeg_with(jpeg(), parts.jpeg_segment(0xE5, PHP + SCRIPT)))
clean(
    "script_in_text.png", lambda: parts.png_with(png(), parts.png_chunk(b"tEXt", b"Comment\0" + PHP + SCRIPT))
)
clean("script_in_own_chunk.png", lambda: parts.png_with(png(), parts.png_chunk(b"poLd", PHP + SCRIPT)))
clean("script_in_own_chunk.webp", lambda: parts.webp_with(webp(), (b"POLD", PHP + SCRIPT)))
clean("script_between_scans.jpg", lambda: _progressive_with(parts.jpeg_segment(0xFE, PHP + SCRIPT)))
clean("script_in_palette.png", lambda: _png_with_script_for_colours(), corners=((60, 115, 99),) * 4)


def _progressive_with(segment: bytes) -> bytes:
    whole = encoded(scene(), "JPEG", quality=95, progressive=True)
    last = whole.rindex(b"\xff\xda")
    table = whole.rindex(b"\xff\xc4", 0, last)
    return whole[:table] + segment + whole[table:]


def _png_with_script_for_colours() -> bytes:
    """A palette that reads as a script: its first colour is "<sc"."""
    palette = parts.png_chunk(b"PLTE", SCRIPT.ljust(48, b"\0"))
    return parts.png(64, 48, 8, 3, bytes(65 * 48), palette)


# -- Odd, but honest ----------------------------------------------------------------------------------
clean("plain.jpg", jpeg)
clean("plain.png", png)
clean("plain.webp", webp)
clean("plain.heic", heic)
clean("png_named.jpg", png)
clean("heic_named.jpg", heic)
clean("jpeg_named.heic", jpeg)
clean("lossy.webp", lambda: encoded(scene(), "WEBP", quality=95))
clean("in_tiles.heic", lambda: encoded(scene(200, 160), "HEIF", tile_size=64), (200, 160))
clean("progressive.jpg", lambda: encoded(scene(), "JPEG", quality=95, progressive=True))
clean("restarts.jpg", lambda: encoded(scene(), "JPEG", quality=95, restart_marker_blocks=1))
clean("print.jpg", lambda: encoded(scene(mode="CMYK"), "JPEG", quality=95))
clean("print_ycck.jpg", lambda: _ycck(), corners=((255, 0, 0),) * 4)
clean("interlaced.png", lambda: _interlaced(), (3, 3), ((0, 0, 0),) * 4)
clean("large.png", lambda: encoded(scene(2500, 4000), "PNG"), (1280, 2048))
clean(
    "large.heic",
    lambda: encoded(scene(4200, 2100), "HEIF", chroma=420, enc_params={"preset": "ultrafast"}),
    (2048, 1024),
)
clean("panorama.jpg", lambda: encoded(scene(16_000, 2_000), "JPEG"), (2048, 256))
clean("one_pixel.png", lambda: encoded(Image.new("RGB", (1, 1), parts.RED), "PNG"), (1, 1), (parts.RED,) * 4)
clean("thin.png", lambda: encoded(scene(5000, 2), "PNG"), (2048, 1), ((125, 35, 125), (138, 213, 148)) * 2)

_GREY = tuple((value, value, value) for value in (87, 110, 58, 255))  # the luminance of the four corners
clean("grey.jpg", lambda: encoded(scene(mode="L"), "JPEG", quality=95), corners=_GREY)
clean("grey.heic", lambda: encoded(scene(mode="L"), "HEIF"), corners=_GREY)
clean("grey_see_through.png", lambda: encoded(scene(mode="LA"), "PNG"), corners=_GREY)
clean("grey_16_bits.png", lambda: _deep(0, 1), corners=((128, 128, 128),) * 4)
clean("colour_16_bits.png", lambda: _deep(2, 3), corners=((128, 128, 128),) * 4)
clean(
    "black_and_white.png", lambda: encoded(Image.new("1", (64, 48), 1), "PNG"), corners=((255, 255, 255),) * 4
)

_ON_WHITE = ((255, 255, 255),) * 4
clean("palette.png", lambda: encoded(scene().quantize(16), "PNG"))
clean("see_through_palette.png", lambda: _see_through_palette(), corners=_ON_WHITE)
clean("see_through.png", lambda: encoded(Image.new("RGBA", (64, 48), (0, 0, 0, 0)), "PNG"), corners=_ON_WHITE)
clean(
    "see_through.webp",
    lambda: encoded(Image.new("RGBA", (64, 48), (9, 9, 9, 0)), "WEBP", quality=80),
    corners=_ON_WHITE,
)
clean(
    "see_through.heic", lambda: encoded(Image.new("RGBA", (64, 48), (9, 9, 9, 0)), "HEIF"), corners=_ON_WHITE
)
clean(
    "half_see_through.png",
    lambda: encoded(Image.new("RGBA", (64, 48), (0, 0, 0, 128)), "PNG"),
    corners=((127, 127, 127),) * 4,
)
clean(
    "key_colour.png",
    lambda: encoded(scene(), "PNG", transparency=parts.RED),
    corners=(parts.WHITE, _B, _C, _D),
)


def _ycck() -> bytes:
    """Red as YCCK, the other way to write a JPEG for print."""
    plain = encoded(Image.new("CMYK", (64, 48), (76, 84, 255, 0)), "JPEG", quality=95)
    at = plain.index(b"Adobe") + 11
    return plain[:at] + b"\x02" + plain[at + 1 :]


def _deep(colour: int, channels: int) -> bytes:
    return parts.png(64, 48, 16, colour, (b"\0" + b"\x80\x10" * channels * 64) * 48)


def _interlaced() -> bytes:
    head = parts.png_chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 3, 8, 0, 0, 0, 1))
    rows = [2, 2, 3, 2, 2, 4]  # the passes of Adam7 for 3 by 3 pixels, each row with its filter byte
    pixels = parts.png_chunk(b"IDAT", zlib.compress(bytes(sum(rows))))
    return parts.PNG_START + head + pixels + parts.png_chunk(b"IEND", b"")


def _see_through_palette() -> bytes:
    picture = Image.new("P", (64, 48), 1)
    picture.putpalette((0, 0, 0, 200, 0, 0))
    return encoded(picture, "PNG", transparency=1)


# -- Colours beyond the screen's ----------------------------------------------------------------------
_P3, _P3_ON_SCREEN = (200, 100, 50), ((216, 93, 24),) * 4
for kind, name in (("JPEG", "wide.jpg"), ("PNG", "wide.png"), ("WEBP", "wide.webp"), ("HEIF", "wide.heic")):
    clean(
        name,
        lambda kind=kind: encoded(Image.new("RGB", (64, 48), _P3), kind, icc_profile=parts.display_p3()),
        corners=_P3_ON_SCREEN,
    )
clean("broken_profile.jpg", lambda: encoded(scene(), "JPEG", quality=95, icc_profile=SECRET * 20))
clean(
    "profile_of_another_kind.jpg",
    lambda: encoded(scene(mode="L"), "JPEG", quality=95, icc_profile=parts.display_p3()),
    corners=_GREY,
)

# -- More than one picture ----------------------------------------------------------------------------
_OTHER = Image.new("RGB", (64, 48), (255, 0, 255))
clean("two.mpo.jpg", lambda: encoded(scene(), "MPO", quality=95, save_all=True, append_images=[_OTHER]))
clean("moving.png", lambda: encoded(scene(), "PNG", save_all=True, append_images=[_OTHER]))
clean("moving.webp", lambda: encoded(scene(), "WEBP", lossless=True, save_all=True, append_images=[_OTHER]))
clean("two.heic", lambda: _two_in_one_heic())


def _two_in_one_heic() -> bytes:
    file = BytesIO()
    both = pillow_heif.from_pillow(_OTHER)
    both.add_from_pillow(scene())
    both.save(file, quality=90, chroma=444, primary_index=1)
    return file.getvalue()


def write(folder: Path, names: Iterable[str] = FILES) -> list[Path]:
    """Write the files into the folder; it is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names]
    for path in paths:
        path.write_bytes(FILES[path.name].make())
    return paths


if __name__ == "__main__":
    print(*write(Path(sys.argv[1])), sep="\n")  # noqa: T201
