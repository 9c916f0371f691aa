"""A picture as a camera sees it: things are put at metres right, up and ahead of who holds the phone."""

import io
from collections.abc import Iterable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

Colour = tuple[int, ...]
Position = tuple[float, float, float]  # right, up, ahead, in metres

WIDTH, HEIGHT = 1600, 1200
KEPT = (1280, 960)
EYE = 1.55  # metres above the ground
FOCAL = 0.72 * WIDTH
HORIZON, LOOKING_DOWN = 0.32, 0.13  # of the height
NEAREST = 1.5  # metres ahead, below the lower edge

# Sky above and at the horizon, and the light on everything.
WEATHER = {
    "clear": ((104, 158, 205), (214, 230, 238), 1.05),
    "grey": ((150, 160, 168), (205, 210, 211), 0.93),
    "late": ((92, 112, 150), (240, 205, 165), 0.88),
    "night": ((14, 20, 36), (38, 44, 62), 0.42),
}


class Scene:
    """A sheet to draw on, with the sky on it. ``rng`` makes each picture of a subject another one."""

    weather: str
    horizon: float

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.begin(rng.choice(("clear", "clear", "grey", "late")))

    def begin(self, weather: str = "", horizon: float = HORIZON) -> None:
        """An empty sheet, under another sky or with the camera held otherwise."""
        self.weather = weather or self.weather
        self.horizon = horizon * HEIGHT
        above, at_horizon, self.light = WEATHER[self.weather]
        column = Image.new("RGB", (1, HEIGHT))
        for y in range(HEIGHT):
            share = min(1.0, y / self.horizon)
            column.putpixel((0, y), mixed(above, at_horizon, share))
        self.image = column.resize((WIDTH, HEIGHT))
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def seen(self, right: float, up: float, ahead: float) -> tuple[float, float]:
        """Where a position is on the sheet, in pixels."""
        return WIDTH / 2 + FOCAL * right / ahead, self.horizon + FOCAL * (EYE - up) / ahead

    def lit(self, colour: Colour, spread: int = 0) -> Colour:
        """The colour in this light, a little lighter or darker by chance."""
        by_chance = self.rng.randint(-spread, spread) if spread else 0
        parts = [max(0, min(255, round(part * self.light) + by_chance)) for part in colour[:3]]
        return (*parts, *colour[3:])

    def patch(self, positions: Iterable[Position], colour: Colour, spread: int = 0) -> None:
        """A flat shape between positions."""
        self.draw.polygon([self.seen(*position) for position in positions], fill=self.lit(colour, spread))

    def ground(
        self, left: float, right: float, near: float, far: float, colour: Colour, spread: int = 0
    ) -> None:
        """A rectangle on the ground."""
        corners = [(left, 0, near), (right, 0, near), (right, 0, far), (left, 0, far)]
        self.patch(corners, colour, spread)

    def upright(
        self,
        left: float,
        right: float,
        low: float,
        high: float,
        ahead: float,
        colour: Colour,
        spread: int = 0,
    ) -> None:
        """A rectangle facing the camera."""
        corners = [(left, low, ahead), (right, low, ahead), (right, high, ahead), (left, high, ahead)]
        self.patch(corners, colour, spread)

    def box(self, left: float, right: float, high: float, near: float, far: float, colour: Colour) -> None:
        """A block on the ground: its top and the side towards the middle are seen too."""
        side = left if left > 0 else right
        if left > 0 or right < 0:
            self.patch(
                [(side, 0, near), (side, 0, far), (side, high, far), (side, high, near)], shaded(colour, 0.72)
            )
        if high < EYE:
            top = [(left, high, near), (right, high, near), (right, high, far), (left, high, far)]
            self.patch(top, shaded(colour, 1.18))
        self.upright(left, right, 0, high, near, colour)

    def disc(self, right: float, up: float, ahead: float, wide: float, high: float, colour: Colour) -> None:
        """An ellipse facing the camera, so many metres from its middle to its sides."""
        x, y = self.seen(right, up, ahead)
        half_x, half_y = FOCAL * wide / ahead, FOCAL * high / ahead
        self.draw.ellipse([x - half_x, y - half_y, x + half_x, y + half_y], fill=self.lit(colour))

    def stain(self, right: float, ahead: float, wide: float, deep: float, colour: Colour) -> None:
        """A round spot on the ground, such as a shadow."""
        x, near = self.seen(right, 0, max(NEAREST, ahead - deep))
        _x, far = self.seen(right, 0, ahead + deep)
        half = FOCAL * wide / ahead
        self.draw.ellipse([x - half, far, x + half, near], fill=self.lit(colour))

    def bar(self, begin: Position, end: Position, thick: float, colour: Colour) -> None:
        """A round bar between two positions; ``thick`` in metres."""
        ahead = (begin[2] + end[2]) / 2
        width = max(2, round(FOCAL * thick / ahead))
        self.draw.line([self.seen(*begin), self.seen(*end)], fill=self.lit(colour), width=width)

    def tiles(self, left: float, right: float, near: float, far: float, size: float, colour: Colour) -> None:
        """Square paving, with joints between the tiles and every second row half a tile further."""
        self.ground(left, right, near, far, shaded(colour, 0.72))
        row, ahead = 0, near
        while ahead < far:
            offset = size / 2 if row % 2 else 0
            across = left - offset
            while across < right:
                beyond = min(ahead + size, far)
                self.ground(across, across + size * 0.965, ahead, ahead + (beyond - ahead) * 0.955, colour, 9)
                across += size
            ahead += size
            row += 1

    def glow(self, right: float, up: float, ahead: float, reach: float, colour: Colour) -> None:
        """Light around a lamp."""
        halo = Image.new("RGB", (WIDTH, HEIGHT))
        x, y = self.seen(right, up, ahead)
        radius = FOCAL * reach / ahead
        ImageDraw.Draw(halo).ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour[:3])
        halo = halo.filter(ImageFilter.GaussianBlur(radius * 0.45))
        self.image.paste(ImageChops.screen(self.image, halo))

    def jpeg(self) -> bytes:
        """The picture as a phone would have taken it: grain, uneven light, a little soft."""
        picture = self.image.filter(ImageFilter.GaussianBlur(1.1)).resize(KEPT, Image.Resampling.LANCZOS)
        picture = ImageChops.multiply(picture, _grey(self._uneven(), 205, 255))
        picture = Image.blend(picture, _grey(self._grain(), 0, 255), 0.045)
        picture = ImageEnhance.Contrast(picture).enhance(1.08)
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=86)
        return written.getvalue()

    def _grain(self) -> Image.Image:
        return Image.frombytes("L", KEPT, self.rng.randbytes(KEPT[0] * KEPT[1]))

    def _uneven(self) -> Image.Image:
        small = Image.frombytes("L", (40, 30), self.rng.randbytes(1200))
        return small.filter(ImageFilter.GaussianBlur(1.2)).resize(KEPT, Image.Resampling.BICUBIC)


def _grey(noise: Image.Image, low: int, high: int) -> Image.Image:
    return noise.point([low + (high - low) * level // 255 for level in range(256)]).convert("RGB")


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """So much of the other colour in the one."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def shaded(colour: Colour, factor: float) -> Colour:
    return (*(min(255, round(part * factor)) for part in colour[:3]), *colour[3:])
