"""What is wrong in a park, on a playground and at the waterside."""

from collections.abc import Callable
from itertools import pairwise

from buurtschouw.demo.pictures.backdrops import LEAVES, TRUNK, blades, park
from buurtschouw.demo.pictures.scene import LOOKING_DOWN, NEAREST, Scene, shaded

WOOD, STEEL, SAND = (128, 96, 64), (134, 138, 142), (214, 194, 152)


def litter(scene: Scene) -> None:
    """A bin that runs over, and what fell out of it."""
    park(scene)
    left = scene.rng.uniform(-1.6, -1.0)
    scene.stain(left + 0.25, 3.2, 0.4, 0.2, (24, 30, 20, 120))
    scene.box(left, left + 0.5, 0.85, 3.1, 3.5, (54, 74, 62))
    scene.upright(left + 0.08, left + 0.42, 0.55, 0.76, 3.09, (26, 34, 30))
    for _ in range(5):
        _scrap(scene, left + scene.rng.uniform(0, 0.5), scene.rng.uniform(0.8, 1.0), 3.05)
    for _ in range(38):
        _scrap(scene, scene.rng.gauss(-0.4, 1.0), 0.02, max(NEAREST + 0.2, scene.rng.gauss(2.6, 0.7)))


def _scrap(scene: Scene, right: float, up: float, ahead: float) -> None:
    colours = ((226, 224, 218), (190, 44, 46), (60, 110, 170), (238, 200, 60), (150, 156, 160), (60, 130, 84))
    size, slant = scene.rng.uniform(0.04, 0.09), scene.rng.uniform(-0.04, 0.04)
    scene.patch(
        [
            (right - size, up, ahead),
            (right + size * 0.8, up, ahead - 0.03),
            (right + size + slant, up + size, ahead),
            (right - size + slant, up + size * 0.8, ahead),
        ],
        scene.rng.choice(colours),
    )


def branch(scene: Scene) -> None:
    """A heavy branch that hangs over the path at the height of one's face."""
    park(scene)
    scene.bar((-3.6, 0, 5), (-3.4, 5.5, 5), 0.55, TRUNK)
    reach = scene.rng.uniform(1.5, 1.9)
    scene.bar((-3.4, 3.2, 5), (-1.2, 2.5, 4.2), 0.2, shaded(TRUNK, 0.9))
    scene.bar((-1.2, 2.5, 4.2), (reach, 1.55, 3.4), 0.1, shaded(TRUNK, 0.85))
    for _ in range(420):
        share = scene.rng.random()
        right = -1.4 + share * (reach + 1.6) + scene.rng.gauss(0, 0.22)
        up = 2.5 - share * 1.0 + scene.rng.gauss(0, 0.22)
        tone = shaded(LEAVES, scene.rng.uniform(0.75, 1.35))
        scene.disc(right, up, 4.2 - share * 0.8, 0.06, 0.045, tone)
    for _ in range(260):
        tone = shaded(LEAVES, scene.rng.uniform(0.6, 1.1))
        scene.disc(-3.4 + scene.rng.gauss(0, 1.2), 3.6 + scene.rng.gauss(0, 0.5), 5, 0.16, 0.13, tone)


def ditch(scene: Scene) -> None:
    """Water with duckweed, and what was thrown into it."""
    park(scene, path=False)
    scene.ground(-60, 60, 2.0, 8.5, (78, 92, 96))
    scene.ground(-60, 60, 8.3, 8.7, (88, 76, 58))
    for _ in range(700):
        ahead = 2.1 + scene.rng.random() * 6
        green = scene.rng.choice(((126, 160, 62), (110, 146, 58), (142, 172, 78)))
        scene.stain(scene.rng.uniform(-0.7, 0.7) * ahead, ahead, 0.1, 0.05, green)
    _bicycle(scene, scene.rng.uniform(-0.9, 0.2), 3.6)
    for _ in range(14):
        _scrap(scene, scene.rng.gauss(0.4, 0.9), 0.01, scene.rng.uniform(2.3, 4.4))
    for _ in range(120):
        right = scene.rng.uniform(-3.2, 3.2)
        if abs(right) > 1.3:
            top = scene.rng.uniform(0.7, 1.5)
            scene.bar(
                (right, 0, 2.1), (right + scene.rng.uniform(-0.15, 0.15), top, 2.1), 0.014, (112, 128, 66)
            )
    blades(scene, 300, 1.2)


def _bicycle(scene: Scene, right: float, ahead: float) -> None:
    """Half of it sticks out of the water."""
    x, y = scene.seen(right, 0.22, ahead)
    size = 150 / ahead * 2.4
    for across in (0, size * 2.1):
        box = [x + across - size, y - size, x + across + size, y + size]
        scene.draw.arc(box, 180, 360, fill=scene.lit((40, 40, 42)), width=9)
    rust = (150, 92, 60)
    scene.bar((right, 0.25, ahead), (right + 0.35, 0.75, ahead), 0.04, rust)
    scene.bar((right + 0.35, 0.75, ahead), (right + 0.8, 0.7, ahead), 0.04, rust)
    scene.bar((right + 0.8, 0.7, ahead), (right + 0.95, 0.2, ahead), 0.04, rust)
    scene.bar((right + 0.66, 0.95, ahead), (right + 0.95, 0.92, ahead), 0.03, (60, 62, 66))


def swing(scene: Scene) -> None:
    """A swing of which one chain is broken."""
    park(scene, path=False)
    scene.ground(-2.6, 2.6, 2.6, 5.6, SAND)
    colour = scene.rng.choice(((196, 58, 48), (44, 104, 160), (232, 172, 48)))
    for side in (-1.7, 1.7):
        scene.bar((side, 2.3, 4), (side - 0.45, 0, 3.4), 0.1, colour)
        scene.bar((side, 2.3, 4), (side + 0.45, 0, 4.6), 0.1, shaded(colour, 0.8))
    scene.bar((-1.75, 2.3, 4), (1.75, 2.3, 4), 0.1, colour)
    for chain in (-1.05, -0.6):
        scene.bar((chain, 2.3, 4), (chain, 0.5, 4), 0.022, STEEL)
    scene.bar((-1.12, 0.5, 4), (-0.53, 0.5, 4), 0.07, (44, 44, 46))
    scene.bar((0.55, 2.3, 4), (0.62, 0.42, 4), 0.022, STEEL)
    scene.bar((0.6, 0.42, 4), (0.95, 0.02, 3.9), 0.07, (44, 44, 46))
    scene.bar((1.0, 2.3, 4), (1.03, 1.75, 4), 0.022, STEEL)
    for side in (-0.82, 0.8):
        scene.stain(side, 4, 0.5, 0.25, (150, 130, 92, 140))


def bench(scene: Scene) -> None:
    """A bench that misses two planks, with paint on it."""
    park(scene)
    left = scene.rng.uniform(-1.7, -1.2)
    scene.stain(left + 0.9, 3.3, 1.1, 0.3, (24, 30, 20, 120))
    for leg in (0.15, 1.6):
        scene.bar((left + leg, 0, 3.2), (left + leg, 0.95, 3.5), 0.07, (70, 74, 76))
        scene.bar((left + leg, 0.45, 3.1), (left + leg, 0.42, 3.5), 0.06, (70, 74, 76))
    for plank, ahead in ((0.44, 3.1), (0.44, 3.35)):
        scene.upright(left, left + 1.8, plank, plank + 0.07, ahead, WOOD, 10)
    scene.upright(left, left + 1.8, 0.86, 0.97, 3.5, WOOD, 10)
    scene.patch(
        [
            (left, 0.66, 3.5),
            (left + 0.8, 0.66, 3.5),
            (left + 1.0, 0.6, 3.5),
            (left + 0.75, 0.77, 3.5),
            (left, 0.77, 3.5),
        ],
        WOOD,
    )
    scene.patch(
        [
            (left + 0.9, 0.02, 2.7),
            (left + 2.1, 0.02, 2.5),
            (left + 2.15, 0.05, 2.6),
            (left + 0.92, 0.06, 2.8),
        ],
        shaded(WOOD, 0.9),
    )
    paint = scene.rng.choice(((188, 40, 110), (40, 90, 190), (20, 20, 24)))
    tag = [(left + 0.3 + step * 0.09, 0.86 + scene.rng.random() * 0.13, 3.49) for step in range(12)]
    for begin, end in pairwise(tag):
        scene.bar(begin, end, 0.025, paint)


def dog(scene: Scene) -> None:
    """The lawn, with what a dog left beside the path."""
    scene.begin(horizon=LOOKING_DOWN)
    park(scene)
    for _ in range(3):
        right, ahead = scene.rng.uniform(-0.9, -0.3), scene.rng.uniform(2.1, 2.9)
        scene.stain(right, ahead, 0.11, 0.06, (40, 46, 28, 130))
        for level in range(3):
            brown = shaded((98, 70, 44), 0.85 + 0.15 * level)
            scene.disc(
                right + scene.rng.uniform(-0.01, 0.01),
                0.02 + 0.035 * level,
                ahead,
                0.09 - 0.024 * level,
                0.028,
                brown,
            )
    scene.bar((-2.0, 0, 5), (-2.0, 1.2, 5), 0.06, (120, 122, 124))
    scene.upright(-2.25, -1.75, 0.7, 1.2, 4.99, (70, 140, 84))
    scene.disc(-2.0, 0.97, 4.98, 0.13, 0.08, (238, 238, 232))
    blades(scene, 500, 1.2)


SUBJECTS: dict[str, Callable[[Scene], None]] = {
    "litter": litter,
    "branch": branch,
    "ditch": ditch,
    "swing": swing,
    "bench": bench,
    "dog": dog,
}
