"""GeoJSON for tests: squares in and around the made-up municipality Polderwijk (GM9901)."""

import json

TOWN = (4.90, 52.60, 0.06)  # west, south and side in degrees: 4.1 by 6.7 km
OFFSHORE = (4.90, 52.90, 0.01)


def ring(west, south, side):
    """A closed square of degrees."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(properties, *squares, **geometry):
    """A feature; without a geometry of its own it is a MultiPolygon of squares."""
    shape = geometry or {"type": "MultiPolygon", "coordinates": [[ring(*square)] for square in squares]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def polygon(properties, *rings):
    return feature(properties, type="Polygon", coordinates=list(rings))


def town(**properties):
    return feature({"statcode": "GM9901", "statnaam": "Polderwijk", **properties}, TOWN)


def area(code, place=(0.01, 0.01), **properties):
    """A wijk or buurt by its code, ``place`` degrees east and north of the corner of the town."""
    kind = {"WK": "wijk", "BU": "buurt"}[code[:2]]
    square = (TOWN[0] + place[0], TOWN[1] + place[1], 0.01)
    return feature({f"{kind}code": code, f"{kind}naam": f"Area {code}", "jaar": 2026, **properties}, square)


def collection(*features, **members):
    return {"type": "FeatureCollection", "features": list(features), **members}


def epsg(name):
    return {"type": "name", "properties": {"name": name}}


def written(path, document):
    """The path of a file with this document, as text."""
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)
