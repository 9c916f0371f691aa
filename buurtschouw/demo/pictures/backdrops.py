"""What is behind a subject: a street with houses, or a park with trees."""

from buurtschouw.demo.pictures.scene import NEAREST, WIDTH, Scene, shaded

BRICKS = ((152, 84, 66), (168, 104, 78), (134, 76, 62), (176, 126, 98))
ROOFS = ((92, 62, 56), (74, 74, 80), (122, 70, 58))
DOORS = ((38, 70, 62), (120, 40, 38), (42, 58, 96), (88, 88, 90))
GREYS, ASPHALT, KERB = (178, 176, 170), (92, 93, 96), (196, 194, 188)
GRASS, LEAVES, TRUNK = (104, 140, 70), (70, 112, 58), (92, 74, 58)

FAR_SIDE = 15.0  # metres to the houses
ROAD = (6.2, 11.5)  # metres ahead where it begins and ends


def street(scene: Scene) -> None:
    """Pavement at one's feet, the road, and a row of houses on the other side."""
    _houses(scene)
    scene.ground(-40, 40, ROAD[1], FAR_SIDE, (164, 162, 156))
    road(scene)
    pavement(scene)


def road(scene: Scene) -> None:
    scene.ground(-40, 40, *ROAD, ASPHALT)
    for across in range(-9, 9, 3):
        middle = sum(ROAD) / 2
        scene.ground(across, across + 1.5, middle - 0.06, middle + 0.06, (214, 212, 204, 190))
    scene.ground(-40, 40, ROAD[1], ROAD[1] + 0.25, KERB)


def pavement(scene: Scene) -> None:
    """Grey tiles of 30 centimetres up to the kerb."""
    scene.tiles(-4.2, 4.2, NEAREST, ROAD[0] - 0.3, 0.3, GREYS)
    scene.ground(-40, 40, ROAD[0] - 0.3, ROAD[0], KERB)


def _houses(scene: Scene) -> None:
    left = -14.0 + scene.rng.uniform(-3, 0)
    while left < 14:
        wide, brick = scene.rng.choice((5.2, 5.8, 6.4)), scene.rng.choice(BRICKS)
        _house(scene, left, left + wide, brick)
        left += wide


def _house(scene: Scene, left: float, right: float, brick: tuple[int, ...]) -> None:
    """Two floors under a tiled roof: a door, a wide window below and two above."""
    rng, ahead = scene.rng, FAR_SIDE
    scene.upright(left, right, 0, 5.6, ahead, brick)
    roof = [(left, 5.6, ahead), (right, 5.6, ahead), (right, 8.2, ahead + 3), (left, 8.2, ahead + 3)]
    scene.patch(roof, rng.choice(ROOFS))
    scene.upright(right - 0.06, right, 0, 5.6, ahead, shaded(brick, 0.75))
    scene.upright(left + 0.4, left + 1.4, 0, 2.2, ahead, rng.choice(DOORS))
    _window(scene, left + 1.9, right - 0.6, 0.8, 2.3)
    middle = (left + right) / 2
    _window(scene, left + 0.6, middle - 0.3, 3.4, 4.9)
    _window(scene, middle + 0.3, right - 0.6, 3.4, 4.9)


def _window(scene: Scene, left: float, right: float, low: float, high: float) -> None:
    """Dark glass in a white frame; at night some are lit."""
    is_lit = scene.weather == "night" and scene.rng.random() < 0.45
    glass = (255, 214, 140) if is_lit else (74, 88, 98)
    scene.upright(left - 0.09, right + 0.09, low - 0.09, high + 0.09, FAR_SIDE, (226, 224, 216))
    x0, y1 = scene.seen(left, low, FAR_SIDE)
    x1, y0 = scene.seen(right, high, FAR_SIDE)
    scene.draw.rectangle([x0, y0, x1, y1], fill=glass if is_lit else scene.lit(glass, 8))


def park(scene: Scene, path: bool = True) -> None:
    """Grass with a row of trees behind it, and if asked a gravel path that leads away."""
    scene.ground(-60, 60, NEAREST * 0.8, 60, GRASS)
    for _ in range(9):
        right, ahead = scene.rng.uniform(-22, 22), scene.rng.uniform(16, 34)
        tree(scene, right, ahead, scene.rng.uniform(5, 8))
    if path:
        edges = [(-0.2, 0, NEAREST), (1.9, 0, NEAREST), (4.6, 0, 26), (3.4, 0, 26)]
        scene.patch(edges, (190, 176, 148))
    blades(scene, 900)


def blades(scene: Scene, count: int, nearest: float = NEAREST) -> None:
    """Grass close by is not one green."""
    for _ in range(count):
        ahead = nearest + scene.rng.random() ** 2 * 9
        right = scene.rng.uniform(-0.6, 0.6) * WIDTH / 1400 * ahead
        if -0.2 < right < 2.2:
            continue
        x, y = scene.seen(right, 0, ahead)
        high = 55 / ahead * scene.rng.uniform(0.3, 1)
        green = scene.lit(scene.rng.choice(((92, 130, 60), (124, 158, 84), (82, 116, 56))))
        scene.draw.line([x, y, x + scene.rng.uniform(-6, 6) / ahead * 2, y - high], fill=green, width=2)


def tree(scene: Scene, right: float, ahead: float, high: float) -> None:
    scene.stain(right, ahead, high * 0.3, 0.9, (40, 50, 36, 70))
    scene.bar((right, 0, ahead), (right, high * 0.55, ahead), 0.05 * high, TRUNK)
    for _ in range(16):
        across, up = scene.rng.gauss(0, high * 0.15), high * 0.66 + scene.rng.gauss(0, high * 0.12)
        size = high * scene.rng.uniform(0.09, 0.17)
        green = shaded(LEAVES, 1.15 + 0.25 * (up / high - 0.66) + scene.rng.uniform(-0.14, 0.14))
        scene.disc(right + across, up, ahead, size, size * 0.85, green)
