"""A whole as a rectangle, divided into rectangles as large as its parts, beside a table that says the same.

Plain Python, drawn on the server, so that it needs no JavaScript: ``components/treemap.html`` draws a ``Treemap``
twice, wide and for a phone, of which one is shown. Names are written where they fit; each part is a link.
Source of the method: Bruls, Huizing and van Wijk, "Squarified treemaps" (2000).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

# In units of a drawing, which are pixels where it is shown at its own size: the height of letters and lines, large and
# small, and the room around words. Letters are about as wide as that part of their height.
SIZES, ROOM, WIDTH = ((17, 21), (14, 18)), 8, 0.56
# The part of the whole below which nothing can be seen, and nothing be chosen.
SMALLEST = 1e-5
WIDE, NARROW = (960, 460), (328, 480)


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Block:
    """One part: its size, what is said of it, and its page."""

    label: str | Promise
    value: float
    told: str
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """A part where it is drawn, with the lines of words that fit in it and where each begins; ``is_named`` whether
    its name is among them."""

    block: Block
    rect: Rect
    lines: tuple[tuple[str, float, float], ...]
    is_small: bool = False
    is_named: bool = False


@dataclass(frozen=True)
class Drawing:
    name: str
    width: int
    height: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Treemap:
    """Parts of a whole; one of 0 or less, or too small to be seen, is not drawn."""

    key: str
    caption: str | Promise
    blocks: Sequence[Block]

    @cached_property
    def drawings(self) -> tuple[Drawing, Drawing]:
        """For a wide screen and for a phone."""
        return self._drawn("wide", *WIDE), self._drawn("narrow", *NARROW)

    def _drawn(self, name: str, width: int, height: int) -> Drawing:
        seen = SMALLEST * sum(max(block.value, 0) for block in self.blocks)
        blocks = sorted((block for block in self.blocks if block.value > seen), key=lambda each: -each.value)
        rects = squarified([block.value for block in blocks], width, height)
        tiles = (_tile(block, rect) for block, rect in zip(blocks, rects, strict=True))
        return Drawing(name, width, height, tuple(tiles))


def squarified(values: Sequence[float], width: float, height: float) -> list[Rect]:
    """A rectangle for each value, largest first, that together fill ``width`` by ``height`` and look like squares.

    As exact as numbers with a point are: not for values of which one is a million times another.

    Refused (ValueError): values that are not above 0, or that do not fall.
    """
    if any(value <= 0 for value in values) or list(values) != sorted(values, reverse=True):
        raise ValueError("Values are above 0 and fall.")
    total = sum(values)
    sizes = [value * width * height / total for value in values]
    found: list[Rect] = []
    free = Rect(0, 0, width, height)
    while sizes:
        count = _row(sizes, min(free.width, free.height))
        placed, free = _laid(sizes[:count], free)
        found += placed
        sizes = sizes[count:]
    return found


def _row(sizes: Sequence[float], side: float) -> int:
    """How many of the sizes lie along the short side: as long as the least square of them becomes no worse."""
    count = 1
    while count < len(sizes) and _worst(sizes[: count + 1], side) <= _worst(sizes[:count], side):
        count += 1
    return count


def _worst(row: Sequence[float], side: float) -> float:
    """How many times longer than wide the least square rectangle of a row is."""
    depth = sum(row) / side
    return max(max(size / depth / depth, depth * depth / size) for size in row)


def _laid(row: Sequence[float], free: Rect) -> tuple[list[Rect], Rect]:
    """The rectangles of a row along the short side, and what is free after it."""
    along_left = free.width >= free.height
    depth = sum(row) / (free.height if along_left else free.width)
    placed, offset = [], 0.0
    for size in row:
        length = size / depth
        if along_left:
            placed.append(Rect(free.x, free.y + offset, depth, length))
        else:
            placed.append(Rect(free.x + offset, free.y, length, depth))
        offset += length
    if along_left:
        return placed, Rect(free.x + depth, free.y, max(0.0, free.width - depth), free.height)
    return placed, Rect(free.x, free.y + depth, free.width, max(0.0, free.height - depth))


def _tile(block: Block, rect: Rect) -> Tile:
    """With the name and what is said of it, else only one of both, in large letters if they fit, else in small ones."""
    label = str(block.label)
    for texts in ((label, block.told), (label,), (block.told,)):
        for is_small, (letter, line) in enumerate(SIZES):
            lines = _lines(texts, rect, letter, line)
            if lines:
                return Tile(block, rect, lines, bool(is_small), is_named=texts[0] is label)
    return Tile(block, rect, ())


def _lines(
    texts: tuple[str, ...], rect: Rect, letter: int, line: int
) -> tuple[tuple[str, float, float], ...]:
    """Nothing where a word would stick out."""
    room = int((rect.width - 2 * ROOM) / (letter * WIDTH))
    wrapped = [_wrapped(text, room) for text in texts]
    words = [each for lines in wrapped for each in lines]
    if not all(wrapped) or len(words) * line + ROOM > rect.height:
        return ()
    return tuple(
        (text, round(rect.x + ROOM, 1), round(rect.y + ROOM + letter + place * line, 1))
        for place, text in enumerate(words)
    )


def _wrapped(text: str, room: int) -> list[str]:
    """In lines of at most ``room`` letters; nothing where a word is longer."""
    lines: list[str] = []
    for word in text.split(" "):
        if len(word) > room:
            return []
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
