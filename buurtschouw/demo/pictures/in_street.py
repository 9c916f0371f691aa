"""What is wrong on the pavement, on the road and beside it."""

from collections.abc import Callable
from math import cos, pi, sin

from buurtschouw.demo.pictures.backdrops import ASPHALT, FAR_SIDE, GREYS, KERB, ROAD, blades, street
from buurtschouw.demo.pictures.scene import LOOKING_DOWN, NEAREST, Scene, shaded

SAND, DIRT = (196, 172, 132), (92, 78, 62)


def _blot(scene: Scene, right: float, ahead: float, size: float, colour: tuple[int, ...]) -> None:
    """An uneven spot on the ground."""
    turns = [index / 22 * 2 * pi for index in range(22)]
    around = [size * scene.rng.uniform(0.78, 1.1) for _ in turns]
    scene.patch(
        [
            (right + reach * cos(turn), 0, ahead + 0.6 * reach * sin(turn))
            for turn, reach in zip(turns, around, strict=True)
        ],
        colour,
    )


def paving(scene: Scene) -> None:
    """Tiles that lie loose and stick up from the sand."""
    scene.begin(horizon=LOOKING_DOWN)
    street(scene)
    middle, ahead = scene.rng.uniform(-0.4, 0.3), scene.rng.uniform(2.4, 2.7)
    _blot(scene, middle, ahead, 0.75, SAND)
    _blot(scene, middle + 0.1, ahead - 0.05, 0.45, DIRT)
    for _ in range(7):
        right, deep = middle + scene.rng.uniform(-0.75, 0.6), ahead + scene.rng.uniform(-0.4, 0.4)
        _loose_tile(scene, right, deep)


def _loose_tile(scene: Scene, right: float, ahead: float) -> None:
    turn, tilt = scene.rng.uniform(-0.5, 0.5), scene.rng.uniform(0.02, 0.12)
    corners = []
    for x, z in ((-0.15, -0.15), (0.15, -0.15), (0.15, 0.15), (-0.15, 0.15)):
        up = tilt if z > 0 else 0.01
        corners.append(
            (right + x * cos(turn) - z * sin(turn), up + 0.05, ahead + x * sin(turn) + z * cos(turn))
        )
    scene.patch([(x + 0.03, 0, z - 0.03) for x, _up, z in corners], (40, 36, 30, 130))
    low = [(x, up - 0.05, z) for x, up, z in corners[:2]]
    scene.patch([corners[0], corners[1], low[1], low[0]], shaded(GREYS, 0.6))
    scene.patch(corners, GREYS, 16)


def pothole(scene: Scene) -> None:
    """A hole in the asphalt, seen from the middle of the road."""
    scene.begin(horizon=LOOKING_DOWN)
    street(scene)
    scene.ground(-40, 40, NEAREST, ROAD[1], ASPHALT)
    _speckle(scene, 1400)
    right, ahead = scene.rng.uniform(-0.5, 0.4), scene.rng.uniform(2.6, 2.9)
    _blot(scene, right, ahead, 0.72, (72, 72, 74))
    _blot(scene, right, ahead + 0.03, 0.58, (52, 50, 48))
    _blot(scene, right + 0.05, ahead + 0.08, 0.34, (38, 35, 33))
    for _ in range(46):
        stone = right + scene.rng.gauss(0, 0.55), ahead + scene.rng.gauss(0, 0.34)
        scene.disc(
            stone[0],
            0.01,
            max(NEAREST, stone[1]),
            0.02,
            0.013,
            scene.rng.choice(((120, 118, 116), (70, 68, 66))),
        )


def _speckle(scene: Scene, count: int) -> None:
    for _ in range(count):
        ahead = NEAREST + scene.rng.random() ** 2 * 8
        grey = scene.rng.randint(70, 120)
        scene.disc(scene.rng.uniform(-0.6, 0.6) * ahead, 0, ahead, 0.012, 0.005, (grey, grey, grey + 3))


def puddle(scene: Scene) -> None:
    """Water that covers the pavement and shows the sky."""
    scene.begin("grey", LOOKING_DOWN)
    street(scene)
    right, ahead = scene.rng.uniform(-0.5, 0.5), 3.3
    _blot(scene, right, ahead, 1.9, (86, 84, 80))
    _blot(scene, right, ahead, 1.72, (166, 176, 184))
    _blot(scene, right + 0.3, ahead + 0.35, 0.9, (190, 200, 206))
    for _ in range(24):
        leaf = right + scene.rng.gauss(0, 1.0), ahead + scene.rng.gauss(0, 0.5)
        scene.stain(
            leaf[0],
            max(NEAREST + 0.1, leaf[1]),
            0.045,
            0.03,
            scene.rng.choice(((150, 96, 40), (120, 84, 44), (170, 130, 60))),
        )


def lamp(scene: Scene) -> None:
    """A lamp post that stays dark, while others in the street burn."""
    scene.begin("night")
    street(scene)
    for right in (-6.0, 6.4):
        _lamp_post(scene, right, 12.5)
        scene.glow(right + 0.5, 4.9, 12.5, 2.6, (190, 150, 90))
    scene.ground(-40, 40, NEAREST, ROAD[0], (10, 12, 22, 90))
    _lamp_post(scene, scene.rng.uniform(-0.9, 0.5), 4.3)


def _lamp_post(scene: Scene, right: float, ahead: float) -> None:
    grey = (120, 124, 130)
    scene.bar((right, 0, ahead), (right, 4.9, ahead), 0.11, grey)
    scene.bar((right, 0, ahead), (right, 0.9, ahead), 0.17, shaded(grey, 0.85))
    scene.bar((right, 4.9, ahead), (right + 0.9, 5.05, ahead), 0.08, grey)
    scene.upright(right + 0.5, right + 1.1, 4.95, 5.1, ahead, shaded(grey, 0.7))


def container(scene: Scene) -> None:
    """An underground container with bags around it."""
    street(scene)
    left = scene.rng.uniform(-0.9, -0.2)
    scene.ground(left - 0.5, left + 1.6, 2.75, 4.0, (128, 130, 132))
    scene.stain(left + 0.5, 3.2, 0.9, 0.3, (30, 30, 30, 90))
    scene.box(left, left + 0.95, 1.22, 3.1, 3.75, (92, 104, 108))
    scene.upright(left + 0.12, left + 0.83, 0.72, 1.08, 3.09, (44, 50, 54))
    scene.upright(left + 0.3, left + 0.65, 0.3, 0.5, 3.09, (226, 170, 60))
    scene.bar((left + 0.2, 1.0, 3.08), (left + 0.75, 1.0, 3.08), 0.04, (180, 184, 186))
    for _ in range(scene.rng.randint(6, 9)):
        _bag(scene, left + scene.rng.uniform(-0.9, 1.9), scene.rng.uniform(2.4, 3.0))


def _bag(scene: Scene, right: float, ahead: float) -> None:
    colour = scene.rng.choice(((46, 48, 54), (46, 48, 54), (206, 206, 200), (70, 92, 120)))
    size = scene.rng.uniform(0.18, 0.27)
    scene.stain(right + 0.04, ahead, size * 1.15, 0.1, (20, 20, 20, 110))
    scene.disc(right, size * 0.8, ahead, size, size * 0.85, colour)
    scene.disc(right - size * 0.3, size * 1.0, ahead, size * 0.35, size * 0.3, shaded(colour, 1.3))
    scene.patch(
        [
            (right - 0.05, size * 1.5, ahead),
            (right + 0.05, size * 1.5, ahead),
            (right + 0.09, size * 2, ahead),
            (right - 0.08, size * 1.9, ahead),
        ],
        shaded(colour, 1.1),
    )


def bulky(scene: Scene) -> None:
    """A sofa and a mattress that somebody left on the pavement."""
    street(scene)
    left = scene.rng.uniform(-1.3, -0.7)
    cloth = scene.rng.choice(((134, 62, 58), (84, 96, 122), (128, 116, 92)))
    scene.stain(left + 0.95, 3.2, 1.15, 0.35, (24, 24, 24, 110))
    scene.upright(left, left + 1.9, 0.1, 0.92, 3.55, shaded(cloth, 0.85))
    scene.box(left, left + 1.9, 0.45, 3.0, 3.5, cloth)
    for cushion in (0.16, 0.98):
        scene.upright(left + cushion, left + cushion + 0.76, 0.46, 0.82, 3.5, shaded(cloth, 1.14))
    for arm in (-0.14, 1.84):
        scene.box(left + arm, left + arm + 0.22, 0.62, 2.95, 3.5, shaded(cloth, 0.92))
    scene.patch(
        [(left + 2.2, 0, 3.1), (left + 3.2, 0, 3.4), (left + 3.1, 1.75, 3.8), (left + 2.1, 1.7, 3.5)],
        (222, 216, 200),
    )
    for stripe in range(4):
        up = 0.3 + stripe * 0.38
        scene.bar((left + 2.2, up, 3.2), (left + 3.1, up + 0.05, 3.5), 0.03, (150, 170, 190))
    _bag(scene, left - 0.35, 2.6)


def parked(scene: Scene) -> None:
    """A car with two wheels on the pavement."""
    street(scene)
    left, near = scene.rng.uniform(-2.6, -1.9), 4.4
    paint = scene.rng.choice(((156, 36, 40), (58, 78, 112), (188, 190, 192), (52, 54, 58)))
    scene.stain(left + 2.1, near + 0.7, 2.3, 0.8, (16, 16, 18, 130))
    body = [
        (0.0, 0.35),
        (0.15, 0.85),
        (0.95, 0.95),
        (1.45, 1.42),
        (2.95, 1.42),
        (3.55, 0.95),
        (4.15, 0.85),
        (4.25, 0.35),
    ]
    scene.patch([(left + x, up, near) for x, up in body], paint)
    for glass in (
        ((1.12, 0.97), (1.52, 1.34), (2.15, 1.34), (2.15, 0.97)),
        ((2.25, 0.97), (2.25, 1.34), (2.88, 1.34), (3.3, 0.97)),
    ):
        scene.patch([(left + x, up, near - 0.01) for x, up in glass], (60, 74, 84))
    scene.bar((left + 0.1, 0.62, near), (left + 4.15, 0.62, near), 0.03, shaded(paint, 0.7))
    for wheel in (0.85, 3.4):
        scene.disc(left + wheel, 0.32, near - 0.02, 0.33, 0.33, (26, 26, 28))
        scene.disc(left + wheel, 0.32, near - 0.03, 0.17, 0.17, (168, 170, 172))
    scene.upright(left + 4.08, left + 4.22, 0.66, 0.78, near - 0.01, (250, 226, 160))


def zebra(scene: Scene) -> None:
    """Stripes that can hardly be seen any more."""
    street(scene)
    scene.ground(-40, 40, NEAREST, FAR_SIDE - 2.5, ASPHALT)
    _speckle(scene, 900)
    scene.ground(-40, 40, FAR_SIDE - 2.5, FAR_SIDE - 2.2, KERB)
    for stripe in range(-4, 5):
        left = stripe * 1.0 - 0.25
        for _ in range(9):
            near = scene.rng.uniform(NEAREST, 11.0)
            scene.ground(left, left + 0.5, near, near + scene.rng.uniform(0.3, 1.4), (214, 212, 206, 46))
        for _ in range(24):
            worn = left + scene.rng.random() * 0.5
            scene.disc(worn, 0, NEAREST + scene.rng.random() * 8, 0.07, 0.03, ASPHALT)
    scene.bar((-3.3, 0, 6.4), (-3.3, 2.6, 6.4), 0.07, (150, 152, 154))
    scene.patch([(-3.7, 2.2, 6.4), (-2.9, 2.2, 6.4), (-2.9, 3.0, 6.4), (-3.7, 3.0, 6.4)], (36, 84, 158))
    scene.patch([(-3.62, 2.3, 6.38), (-2.98, 2.3, 6.38), (-3.3, 2.92, 6.38)], (236, 236, 232))


def hedge(scene: Scene) -> None:
    """A hedge that covers half the pavement."""
    street(scene)
    scene.patch([(0.7, 0, 2.2), (0.5, 1.5, 2.4), (1.3, 1.8, 6.2), (1.4, 0, 6.2)], (44, 70, 38))
    scene.patch([(0.5, 1.5, 2.4), (3.5, 1.7, 2.4), (3.5, 1.8, 6.2), (1.3, 1.8, 6.2)], (70, 108, 56))
    scene.upright(0.6, 3.5, 0, 1.6, 2.3, (52, 84, 44))
    for _ in range(1500):
        ahead = scene.rng.choice((2.25, scene.rng.uniform(2.2, 6.2)))
        edge = 0.55 + (ahead - 2.2) * 0.2
        right = edge + scene.rng.gauss(0, 0.09) if ahead > 2.25 else scene.rng.uniform(0.35, 3.4)
        up = scene.rng.random() * 1.75
        tone = shaded((66, 104, 52), 0.68 + 0.3 * up + scene.rng.uniform(-0.12, 0.12))
        scene.disc(right, up, ahead, 0.05, 0.04, tone)
    blades(scene, 60, 1.5)


SUBJECTS: dict[str, Callable[[Scene], None]] = {
    "paving": paving,
    "pothole": pothole,
    "puddle": puddle,
    "lamp": lamp,
    "container": container,
    "bulky": bulky,
    "parked": parked,
    "zebra": zebra,
    "hedge": hedge,
}
