"""How fast the map of reports answers, wherever one looks and however close, in towns of growing size."""

import random
import time
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks import town
from benchmarks.sending import hammer, request
from benchmarks.serving import server
from buurtschouw.domain.mapping import folding

SIZES = (10_000, 100_000, 1_000_000)
CLIENTS = 2
# Width and height in pixels of a phone, a laptop and a large screen, of which the map is most.
SCREENS = ((360, 560), (1280, 700), (1920, 1000))
ZOOMS = range(9, 20)
VIEWS = 400


def measure(*, seconds: float, clients: int, size: int | None = None) -> list[dict[str, Any]]:
    """A row for each size: any view at any zoom, by two clients. Times in ms, the largest answer in kB.

    Views are drawn at random over the town, the three screens and all zooms; each is asked with and without filter.
    ``growth`` is how many times longer the slowest twentieth takes than in the smallest town.
    """
    rows: list[dict[str, Any]] = []
    for reports in (size,) if size else SIZES:
        began = time.perf_counter()
        built = town.build(reports)
        folding.fold_all()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        rows.append({"bench": "map", "size": reports, "built_s": round(time.perf_counter() - began)})
        rows[-1] |= _read(_views(built), seconds, min(clients, CLIENTS))
        rows[-1]["growth"] = round(rows[-1]["p95_ms"] / rows[0]["p95_ms"], 2)
    return rows


def _read(paths: list[str], seconds: float, clients: int) -> dict[str, Any]:
    largest = max(len(Client(SERVER_NAME="127.0.0.1").get(path, secure=True).content) for path in paths)
    connection.close()
    with server("movisie_portal.wsgi:application", HTTPS="0") as portal:
        payloads = [request("GET", path, portal.port, headers={}) for path in paths]
        seen = hammer(
            port=portal.port,
            clients=clients,
            seconds=seconds,
            make=lambda client, n: payloads[(client * 97 + n) % len(payloads)],
            warm_up=1.5,
        )
        if set(seen.statuses) != {200}:
            raise SystemExit(f"The map does not answer 200: {seen.statuses}")
        return {
            "rps": round(seen.rps, 1),
            "p50_ms": round(seen.p50_ms, 2),
            "p95_ms": round(seen.p95_ms, 2),
            "largest_kb": round(largest / 1000, 1),
            "worker_peak_mb": round(portal.worker_peak_mb(), 1),
        }


def _views(built: town.Town) -> list[str]:
    dice = random.Random(2)
    return [_view(dice, built) for _ in range(VIEWS)]


def _view(dice: random.Random, built: town.Town) -> str:
    width, height = dice.choice(SCREENS)
    zoom = dice.choice(ZOOMS)
    per_pixel = 360 / 256 / 2**zoom
    west = town.WEST + dice.random() * town.SIDE - width * per_pixel / 2
    south = town.SOUTH + dice.random() * town.SIDE - height * per_pixel * 0.3
    box = (west, south, west + width * per_pixel, south + height * per_pixel * 0.6)
    filters = dice.choice(
        ["", "", "&state=open", f"&category={dice.choice(built.categories).pk}", f"&schouw={built.schouw.pk}"]
    )
    edges = ",".join(f"{edge:.5f}" for edge in box)
    return f"/{town.SLUG}/meldingen.geojson?bbox={edges}&zoom={zoom}{filters}"
