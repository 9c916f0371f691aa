"""Who is not at the table, of one trajectory and of the whole municipality: a map, an equal table, and as a file."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from trajecten.domain.dashboards import representation
from trajecten.domain.dashboards.representation import AreaShare, Representation
from trajecten.domain.dashboards.suppression import SMALL
from trajecten.domain.tables import Column
from trajecten.views.access import StaffMixin
from trajecten.views.members import MembersMixin
from trajecten.views.tables import csv_response, xlsx_response

# How an area is heard: words, and the tone of their tag.
TONES = {
    "hardly": (gettext_lazy("hardly heard"), "danger"),
    "less": (gettext_lazy("heard less"), "warning"),
    "even": (gettext_lazy("heard as much as others"), "success"),
    "more": (gettext_lazy("heard more"), "neutral"),
    "hidden": (gettext_lazy("not shown"), "inactive"),
    "unknown": (gettext_lazy("inhabitants not known"), "inactive"),
    "tiny": (gettext_lazy("too small to compare"), "inactive"),
}


@dataclass(frozen=True)
class Row:
    """An area as the page shows it. ``width`` and ``mark`` are percentages of the bar: this area, and all together."""

    area: AreaShare
    words: str
    width: float
    mark: float

    @property
    def tone_label(self) -> str:
        return str(TONES[self.area.tone][0])

    @property
    def tag(self) -> str:
        return TONES[self.area.tone][1]


class RepresentationView(View):
    """The page. Subclasses say of whom, and where the map and the files of it are."""

    template_name = ""
    request: HttpRequest

    @cached_property
    def found(self) -> Representation:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        context = {
            "found": self.found,
            "rows": rows(self.found),
            "small": SMALL,
            "legend": [(tone, words) for tone, (words, _tag) in TONES.items() if self._has(tone)],
            "city": _per_1000(self.found.per_1000),
        }
        return render(request, self.template_name, {**context, **self.more()})

    def more(self) -> dict[str, Any]:
        return {}

    def _has(self, tone: str) -> bool:
        return any(area.tone == tone for area in self.found.areas)


def rows(found: Representation) -> list[Row]:
    """The areas, the most missing first, each with its words and its bar."""
    shares = [area.per_1000 for area in found.areas if area.per_1000 is not None]
    longest = max([*shares, found.per_1000 or 0]) or 1
    mark = 100 * (found.per_1000 or 0) / longest
    return [
        Row(area, words(area, found), round(100 * (area.per_1000 or 0) / longest, 1), round(mark, 1))
        for area in found.areas
    ]


def words(area: AreaShare, found: Representation) -> str:
    """In plain words how many of this area take part, beside the whole municipality."""
    if area.people is None:
        return _("too few people to show")
    if area.per_1000 is None:
        return _("%(people)s, and it is not known how many people live there") % {"people": area.people}
    if found.per_1000 is None:
        return _("%(here)s in 1,000 inhabitants") % {"here": _per_1000(area.per_1000)}
    values = {"here": _per_1000(area.per_1000), "all": _per_1000(found.per_1000)}
    return _("%(here)s in 1,000 inhabitants; whole municipality: %(all)s") % values


def _per_1000(share: float | None) -> str:
    """With one decimal below ten, where it matters."""
    if share is None:
        return ""
    return number_format(round(share, 1) if share < 10 and round(share, 1) % 1 else round(share))


COLUMNS = (
    Column(gettext_lazy("Area code"), lambda area: area.code),
    Column(gettext_lazy("Neighbourhood"), lambda area: area.name),
    Column(gettext_lazy("Inhabitants"), lambda area: area.inhabitants),
    Column(gettext_lazy("Take part (empty: not shown)"), lambda area: area.people),
    Column(gettext_lazy("In 1,000 inhabitants"), lambda area: _rounded(area.per_1000)),
    Column(gettext_lazy("Index"), lambda area: _rounded(area.index)),
    Column(gettext_lazy("How it is heard"), lambda area: str(TONES[area.tone][0])),
)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


class AsFile(RepresentationView):
    """The table of areas as CSV or XLSX; the address says which, as ``form``."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        as_file = xlsx_response if kwargs["form"] == "xlsx" else csv_response
        return as_file(_("Who is not at the table"), COLUMNS, self.found.areas)


class AsMap(RepresentationView):
    """The areas as GeoJSON (WGS84), each with its tone and its words, as the table has them."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        shapes = representation.shapes()
        features = ",".join(
            _feature(row, shapes[row.area.code]) for row in rows(self.found) if row.area.code in shapes
        )
        body = f'{{"type":"FeatureCollection","features":[{features}]}}'
        return HttpResponse(body, content_type="application/geo+json")


def _feature(row: Row, shape: str) -> str:
    properties = {"name": row.area.name, "tone": row.area.tone, "words": row.words, "state": row.tone_label}
    return f'{{"type":"Feature","properties":{json.dumps(properties)},"geometry":{shape}}}'


class OfTrajectory(MembersMixin):
    """Who takes part in one trajectory, for its coordinator and adviser."""

    template_name = "trajecten/members/missing.html"

    @cached_property
    def found(self) -> Representation:
        return representation.of_trajectory(self.trajectory)

    def more(self) -> dict[str, Any]:
        return {
            "trajectory": self.trajectory,
            "tab": "missing",
            "geojson_url": self.url("members-missing-map"),
            "csv_url": self.url("members-missing-csv"),
            "xlsx_url": self.url("members-missing-xlsx"),
        }


class OfMunicipality(StaffMixin):
    """Everybody who takes part or contributed in the municipality, for its coordinator."""

    permission = "trajecten.manage_municipality"
    template_name = "trajecten/members/missing_everywhere.html"
    request: HttpRequest

    @cached_property
    def found(self) -> Representation:
        return representation.of_municipality()

    def more(self) -> dict[str, Any]:
        slug = self.request.municipality.slug
        return {
            "geojson_url": reverse("missing-map", kwargs={"gemeente": slug}),
            "csv_url": reverse("missing-csv", kwargs={"gemeente": slug}),
            "xlsx_url": reverse("missing-xlsx", kwargs={"gemeente": slug}),
        }


class TrajectoryMissingView(OfTrajectory, RepresentationView):
    pass


class TrajectoryMissingMap(OfTrajectory, AsMap):
    pass


class TrajectoryMissingFile(OfTrajectory, AsFile):
    pass


class MissingView(OfMunicipality, RepresentationView):
    pass


class MissingMap(OfMunicipality, AsMap):
    pass


class MissingFile(OfMunicipality, AsFile):
    pass
