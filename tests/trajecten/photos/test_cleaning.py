import hashlib
import resource
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.hostile import files, parts
from tests.hostile.parts import encoded, exif, scene
from trajecten.domain.photos import cleaning, decoder, limits
from trajecten.domain.photos.cleaning import PhotoRefused, refusal_before_reading, sanitise
from trajecten.domain.photos.containers import Unfit, kind_of, orientation_of, read

MEGABYTE = 1024 * 1024
FOREIGN = (parts.SECRET, parts.SCRIPT, parts.PHP, b"PK\x03\x04", b"Main.class", b"<html", b"8BIM", b"xmpmeta")
KEPT_SEGMENTS = {0xE0, 0xDB, 0xC2, 0xC4, 0xDA}  # JFIF, tables, one progressive frame, scans


def sent(data, name="photo.jpg"):
    return sanitise(BytesIO(data), name=name, size=len(data))


def corners(image):
    """The colours in the middle of the quarters, as in ``parts.CORNERS``."""
    near, far = (
        (image.width // 8, image.height // 8),
        (-(-image.width * 7 // 8) - 1, -(-image.height * 7 // 8) - 1),
    )
    return [image.getpixel(at) for at in (near, (far[0], near[1]), (near[0], far[1]), far)]


def outcome(make_clean, data):
    """The code of the refusal and None, or no code and the photo. Any other exception is a failure."""
    try:
        return "", make_clean(data)
    except (Unfit, PhotoRefused) as refusal:
        return refusal.code, None


def children_cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def segment_codes(jpeg):
    """The codes of all segments of a JPEG, read without Pillow; fails on bytes after the end."""
    codes, at = [], 2
    while True:
        while not (jpeg[at] == 0xFF and jpeg[at + 1] not in (0, 0xFF, *range(0xD0, 0xD8))):
            at += 1
        if jpeg[at + 1] == 0xD9:
            assert at + 2 == len(jpeg)
            return codes
        codes.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])


def assert_bare_jpeg(data, size):
    image = Image.open(BytesIO(data), formats=["JPEG"])
    image.load()
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", size)
    assert set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert not image.getexif()
    assert set(segment_codes(data)) <= KEPT_SEGMENTS
    assert not [mark for mark in FOREIGN if mark in data]
    return image


@pytest.mark.parametrize(
    "file", [file for file in files.FILES.values() if file.refused], ids=lambda file: file.name
)
def test_hostile_file_is_refused(file):
    before = children_cpu_seconds()
    with pytest.raises(PhotoRefused) as refusal:
        sent(file.make(), file.name)
    assert (refusal.value.code, refusal.value.name) == (file.refused, file.name)
    assert "%" not in refusal.value.message
    assert children_cpu_seconds() - before < limits.CPU_SECONDS + 2


@pytest.mark.parametrize(
    "file", [file for file in files.FILES.values() if not file.refused], ids=lambda file: file.name
)
def test_hostile_or_odd_file_becomes_a_clean_photo(file):
    photo = sent(file.make(), file.name)
    assert (photo.width, photo.height) == file.size
    image = assert_bare_jpeg(photo.image, file.size)
    assert_bare_jpeg(photo.thumbnail, (photo.thumb_width, photo.thumb_height))
    for found, expected in zip(corners(image), file.corners, strict=True):
        assert found == pytest.approx(expected, abs=6)


def test_the_folder_can_be_written_out_for_a_browser(tmp_path):
    paths = files.write(tmp_path / "hostile", ["empty.jpg", "place.jpg"])
    assert [(path.name, path.read_bytes()) for path in paths] == [
        ("empty.jpg", b""),
        ("place.jpg", files.FILES["place.jpg"].make()),
    ]


def test_a_photo_gets_a_thumbnail_with_the_same_proportions():
    photo = sent(encoded(scene(3000, 1500), "JPEG"))
    assert (photo.width, photo.height) == (cleaning.MAX_SIDE, 1024)
    assert (photo.thumb_width, photo.thumb_height) == (cleaning.THUMB_SIDE, 200)


def test_a_small_photo_is_not_made_larger():
    photo = sent(encoded(scene(120, 80), "PNG"))
    assert (photo.width, photo.height, photo.thumb_width, photo.thumb_height) == (120, 80, 120, 80)


def test_the_same_photo_gives_the_same_bytes_and_hash():
    data = encoded(scene(700, 500), "HEIF")
    first, second = sent(data), sent(data)
    assert first == second
    assert first.sha256 == hashlib.sha256(first.image).hexdigest()


def test_an_upload_is_read_from_its_beginning():
    upload = BytesIO(files.jpeg())
    upload.read(cleaning.HEAD_BYTES)
    assert sanitise(upload, name="photo.jpg", size=1).width == 64


def test_four_photos_at_once_give_what_one_at_a_time_gives():
    sources = [files.jpeg(), files.png(), files.webp(), files.heic()]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(sent, sources))
    assert together == [sent(source) for source in sources]


# -- Before anything is read --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("size", "head", "code"),
    [
        (0, b"", "empty"),
        (cleaning.MAX_BYTES + 1, files.jpeg()[:64], "too_large"),
        (cleaning.MAX_BYTES + 1, b"text", "too_large"),
        (900, b"GIF89a" + bytes(58), "wrong_type"),
        (900, b"", "wrong_type"),
    ],
)
def test_refused_by_size_and_first_bytes(size, head, code):
    assert refusal_before_reading("photo.jpg", size, head).code == code


@pytest.mark.parametrize("make", [files.jpeg, files.png, files.webp, files.heic])
@pytest.mark.parametrize("size", [1, cleaning.MAX_BYTES])
def test_nothing_to_refuse_by_size_and_first_bytes(make, size):
    assert refusal_before_reading("anything.txt", size, make()[: cleaning.HEAD_BYTES]) is None


@translation.override("en")
def test_a_photo_of_exactly_15_mb_is_taken_and_one_byte_more_is_not():
    photo = files.jpeg()
    assert sent(photo + bytes(cleaning.MAX_BYTES - len(photo))).width == 64
    with pytest.raises(PhotoRefused) as refusal:
        sent(photo + bytes(cleaning.MAX_BYTES - len(photo) + 1))
    assert refusal.value.message == "This photo is 16 MB. A photo may be at most 15 MB."


def test_a_sender_who_understates_the_size_gains_nothing():
    class Endless(BytesIO):
        most = 0

        def read(self, size=-1):
            assert 0 <= size <= cleaning.MAX_BYTES + 1
            return files.jpeg().ljust(size, b"\0")

    with pytest.raises(PhotoRefused) as refusal:
        sanitise(Endless(), name="photo.jpg", size=10)
    assert refusal.value.code == "too_large"


@translation.override("en")
def test_a_refusal_tells_the_size_and_what_to_do():
    refusal = refusal_before_reading("photo.jpg", 18 * MEGABYTE, files.jpeg())
    assert str(refusal) == "This photo is 18 MB. A photo may be at most 15 MB."
    with pytest.raises(PhotoRefused) as caught:
        sent(files.FILES["line.png"].make())
    assert caught.value.message == (
        "This photo is 40000 by 1 pixels. It may have at most 64 megapixels, and 30000 pixels on a side. "
        "Choose a lower resolution on your camera, or send a screenshot of it."
    )


# -- The decoder's process ----------------------------------------------------------------------------
def test_a_decoder_that_crashes_is_a_damaged_photo(monkeypatch):
    monkeypatch.setattr(cleaning, "_DECODER", (cleaning.sys.executable, "-c", "import os; os.abort()"))
    with pytest.raises(PhotoRefused) as refusal:
        sent(files.jpeg())
    assert refusal.value.code == "damaged"


def test_a_decoder_that_hangs_is_a_damaged_photo(monkeypatch):
    monkeypatch.setattr(cleaning, "_DECODER", (cleaning.sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(cleaning, "WALL_SECONDS", 0.5)
    with pytest.raises(PhotoRefused) as refusal:
        sent(files.jpeg())
    assert refusal.value.code == "damaged"


def test_a_broken_installation_is_not_blamed_on_the_photo(monkeypatch):
    monkeypatch.setattr(cleaning, "_DECODER", (cleaning.sys.executable, "-c", "import no_such_module_here"))
    with pytest.raises(RuntimeError, match="no_such_module_here"):
        sent(files.jpeg())


def test_the_decoder_sees_no_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "polder")
    program = "import os, sys; sys.exit(repr(sorted(os.environ)))"
    monkeypatch.setattr(cleaning, "_DECODER", (cleaning.sys.executable, "-c", program))
    with pytest.raises(RuntimeError) as error:
        sent(files.jpeg())
    assert "SECRET_KEY" not in str(error.value)


@pytest.mark.parametrize("name", ["bomb.png", "two.mpo.jpg", "broken_exif.jpg", "declared.jpg"])
def test_warning_filters_are_left_alone(name):
    before = list(warnings.filters)
    assert outcome(decoder.clean, files.FILES[name].make())[0] == files.FILES[name].refused
    assert list(warnings.filters) == before


# -- What reaches a decoder ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["place.jpg", "script_in_comment.jpg", "place.png", "script_in_own_chunk.webp"]
)
def test_a_decoder_never_meets_what_is_not_picture(name):
    picture = read(files.FILES[name].make())
    assert not [mark for mark in FOREIGN if mark in picture.stream]


BY_HEADER = (
    "bomb.png declared.jpg bomb.webp declared.heic line.png nothing_high.jpg two_frames.jpg many_scans.jpg "
    "many_chunks.png wrong_checksum.png half.heic half.jpg end_missing.webp"
).split()


@pytest.mark.parametrize("name", BY_HEADER)
def test_refused_before_any_decoder(name):
    file = files.FILES[name]
    assert outcome(read, file.make()) == (file.refused, None)


def test_a_profile_that_swells_is_left_packed():
    assert read(files.FILES["packed_profile.png"].make()).icc == b""
    assert read(files.FILES["wide.png"].make()).icc == parts.display_p3()


def test_a_large_jpeg_is_decoded_at_a_fraction_of_its_size(monkeypatch):
    decoded = []
    original = decoder._shrink
    monkeypatch.setattr(
        decoder,
        "_shrink",
        lambda strips, size, target: decoded.append(size) or original(strips, size, target),
    )
    decoder.clean(encoded(scene(6000, 4200), "JPEG"))
    assert decoded == [(3000, 2100)]


@pytest.mark.parametrize("prefix", [b"", b"Exif\x00\x00"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_orientation_is_read_from_exif(turn, prefix):
    assert orientation_of(prefix + exif(turn).tobytes().removeprefix(b"Exif\x00\x00")) == turn


@given(st.binary(max_size=120))
def test_orientation_of_anything_is_one_of_eight(data):
    assert 1 <= orientation_of(data) <= 8
    assert 1 <= orientation_of(b"II*\x00\x08\x00\x00\x00" + data) <= 8


@given(st.integers(1, 30_000), st.integers(1, 30_000), st.sampled_from([400, 2048]))
def test_fit_keeps_the_proportions_within_a_pixel(width, height, longest):
    fitted = decoder.fit((width, height), longest)
    assert 1 <= max(fitted) == min(longest, max(width, height))
    assert abs(fitted[0] * height - fitted[1] * width) <= max(width, height)


# -- Mutations ----------------------------------------------------------------------------------------
def small_photos():
    noise = parts.noise(48, 32)
    return {
        "jpeg": encoded(noise, "JPEG", exif=exif(6), icc_profile=parts.display_p3()),
        "progressive": encoded(noise, "JPEG", progressive=True),
        "png": encoded(noise, "PNG", exif=exif(3), icc_profile=parts.display_p3()),
        "palette": encoded(noise.quantize(8), "PNG", transparency=2),
        "webp": encoded(noise, "WEBP", exif=exif(6)),
        "lossless": encoded(noise, "WEBP", lossless=True),
        "see_through": encoded(noise.convert("RGBA"), "WEBP"),
        "heic": encoded(noise, "HEIF", exif=exif(6).tobytes()),
        "tiles": encoded(scene(128, 128), "HEIF", tile_size=64),
    }


SMALL = small_photos()


@st.composite
def mutated(draw, kinds):
    """A valid file with bytes changed, cut out, doubled or put in; a PNG may get right checksums again."""
    data = bytearray(SMALL[draw(st.sampled_from(kinds))])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(1, 24))
        change = draw(st.sampled_from(["set", "set", "cut", "double", "insert", "end"]))
        if change == "set":
            data[at : at + 1] = bytes((draw(st.integers(0, 255)),))
        elif change == "cut":
            del data[at : at + length]
        elif change == "double":
            data[at:at] = data[at : at + length]
        elif change == "insert":
            data[at:at] = draw(st.binary(max_size=length))
        else:
            data += draw(st.binary(max_size=length))
    return with_right_checksums(bytes(data)) if draw(st.booleans()) else bytes(data)


def assert_clean_or_refused(code, photo):
    if photo:
        assert_bare_jpeg(photo.image, (photo.width, photo.height))
    else:
        assert code in cleaning.MESSAGES


def with_right_checksums(data):
    if not data.startswith(parts.PNG_START):
        return data
    made, at = bytearray(data), 8
    while at + 12 <= len(made):
        end = at + 8 + int.from_bytes(made[at : at + 4])
        if end + 4 > len(made):
            break
        made[end : end + 4] = zlib.crc32(made[at + 4 : end]).to_bytes(4)
        at = end + 4
    return bytes(made)


@settings(max_examples=600, deadline=4000, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(["jpeg", "progressive", "png", "palette", "webp", "lossless", "see_through"]))
def test_a_mutated_photo_is_clean_or_unfit(data):
    assert_clean_or_refused(*outcome(decoder.clean, data))


@settings(max_examples=40, deadline=8000, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(["heic", "tiles", "heic", "tiles", "jpeg", "png", "webp"]))
def test_a_mutated_upload_is_clean_or_refused(data):
    assert_clean_or_refused(*outcome(sent, data))


@settings(max_examples=200)
@given(
    st.binary(max_size=80), st.sampled_from([b"", b"\xff\xd8\xff", parts.PNG_START, b"RIFF\x20\0\0\0WEBP"])
)
def test_bytes_that_are_no_photo_are_refused(data, start):
    with pytest.raises(Unfit):
        decoder.clean(start + data)


@given(st.binary(max_size=64))
def test_the_kind_is_one_of_four_or_none(head):
    assert kind_of(head) in (None, "JPEG", "PNG", "WEBP", "HEIF")
