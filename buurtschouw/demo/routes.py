"""The routes, stops and statements of the demo's walks, as they were prepared when a walk was made."""

import io
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.contrib.gis.geos import LineString, Point

from buurtschouw.demo import pictures
from buurtschouw.demo.words import DATA
from buurtschouw.domain.preparing import routes, statements, stops
from buurtschouw.domain.preparing.statements import NO_PICTURE, Picture, Words
from buurtschouw.models import Category, Schouw, Statement, StatementSet
from trajecten.models import User

WGS84 = 4326


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def prepare(*, schouw: Schouw, key: str, by: User) -> None:
    """Draw the route of the walk with this key, with its stops and what is scored there."""
    drawn = _read("routes.toml")[key]
    route = LineString(drawn["route"], srid=WGS84)
    routes.draw(schouw=schouw, route=route, remarks=drawn["remarks"], by=by)
    themes = {theme.name: theme for theme in schouw.categories.all()}
    for stop in drawn["stop"]:
        stops.add(
            schouw=schouw,
            by=by,
            name=stop["name"],
            point=Point(stop["at"], srid=WGS84),
            remark=stop.get("remark", ""),
            themes=[themes[name] for name in stop["themes"] if name in themes],
        )
    make_sets(schouw, by)
    chosen = Statement.objects.filter(category__in=themes.values())
    statements.choose(schouw=schouw, statements=chosen, by=by)


def make_sets(schouw: Schouw, by: User) -> None:
    """The two sets, with what is in them of themes that the municipality has; what is there already stays."""
    themes = {theme.name: theme for theme in Category.objects.all()}
    for told in _read("statements.toml")["set"]:
        made = StatementSet.objects.filter(name=told["name"]).first() or statements.keep_set(
            made=StatementSet(municipality=schouw.municipality),
            by=by,
            name=told["name"],
            summary=told["summary"],
            is_active=True,
        )
        for number, said in enumerate(told["statement"], start=1):
            words = (themes.get(said["theme"]), said["text"], said["explanation"])
            if words[0] and not Statement.objects.filter(set=made, text=said["text"]).exists():
                picture = _picture(said) if "picture" in said else NO_PICTURE
                statements.add(to=made, by=by, words=Words(*words), position=10 * number, picture=picture)


def _picture(said: Mapping[str, str]) -> Picture:
    content = pictures.drawn(said["picture"], said["text"])
    return Picture(said["picture_alt"], io.BytesIO(content), "plaatje.jpg", len(content))
