"""Who is not at the table, of one trajectory and of the whole municipality: a map, an equal table, and as a file."""

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from trajecten.charts import BarRow, BarTable, Mark, Series, Tag
from trajecten.domain.dashboards import representation
from trajecten.domain.dashboards.representation import AreaShare, GroupShare, Representation
from trajecten.domain.dashboards.suppression import SMALL
from trajecten.domain.tables import Column
from trajecten.views.access import StaffMixin
from trajecten.views.members.mixin import MembersMixin
from trajecten.views.tables import TableFile

# How an area is heard: words, and the tone of their tag.
TONES = {
    "hardly": (gettext_lazy("hardly heard"), "danger"),
    "less": (gettext_lazy("heard less"), "warning"),
    "even": (gettext_lazy("heard as much as others"), "success"),
    "more": (gettext_lazy("heard more"), "neutral"),
    "hidden": (gettext_lazy("not shown"), "inactive"),
    "unknown": (gettext_lazy("inhabitants not known"), "inactive"),
    "alone": (gettext_lazy("nothing to compare with"), "inactive"),
    "tiny": (gettext_lazy("too small to compare"), "inactive"),
}


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
            "missing": [(area, words(area, self.found)) for area in self.found.missing],
            "areas": area_chart(self.found),
            "groups": group_charts(self.found),
            "small": SMALL,
            "highest_hidden": SMALL - 1,
            "legend": [(tone, words) for tone, (words, _tag) in TONES.items() if self._has(tone)],
            "together": _per_1000(self.found.per_1000),
        }
        return render(request, self.template_name, {**context, **self.more()})

    def more(self) -> dict[str, Any]:
        return {}

    def _has(self, tone: str) -> bool:
        return any(area.tone == tone for area in self.found.areas)


def area_chart(found: Representation) -> BarTable:
    """The areas, the most missing first, with who takes part in 1,000 inhabitants as a bar."""
    series = (
        Series(_("Take part"), "plain", drawn=False),
        Series(_("Inhabitants"), "plain", drawn=False),
        Series(_("In 1,000 inhabitants"), "plain", decimals=1),
    )
    mark = Mark(together(found), found.per_1000) if found.per_1000 and len(found.areas) > 1 else None
    rows = [_area_row(area) for area in found.areas]
    return BarTable("areas", _("By neighbourhood"), _("Neighbourhood"), series, rows, mark=mark)


def _area_row(area: AreaShare) -> BarRow:
    label, tone = TONES[area.tone]
    numbers = (
        _("not shown") if area.people is None else area.people,
        area.inhabitants or _("not known"),
        "–" if area.per_1000 is None else area.per_1000,
    )
    return BarRow(area.name, numbers, tag=Tag(label, tone))


def group_charts(found: Representation) -> list[BarTable]:
    """Kinds of participants, and ages as far as they are known."""
    tables = [("kinds", _("By kind of participant"), found.kinds)]
    if found.ages:
        tables.append(("ages", _("By age, as far as it is known"), found.ages))
    series = (Series(_("Take part"), "plain"), Series(_("Share"), "plain", drawn=False))
    return [
        BarTable(key, caption, _("Who"), series, [_group_row(group) for group in groups])
        for key, caption, groups in tables
    ]


def _group_row(group: GroupShare) -> BarRow:
    share = "–" if group.percent is None else f"{round(group.percent)}%"
    return BarRow(capfirst(group.label), (_("not shown") if group.people is None else group.people, share))


def words(area: AreaShare, found: Representation) -> str:
    """In plain words how many of this area take part, beside all areas together."""
    if area.people is None:
        return _("too few people to show")
    if area.per_1000 is None:
        return _("%(people)s, and it is not known how many people live there") % {"people": area.people}
    here = _("%(here)s in 1,000 inhabitants") % {"here": _per_1000(area.per_1000)}
    return here if found.per_1000 is None or len(found.areas) < 2 else f"{here}; {together(found)}"


def together(found: Representation) -> str:
    """What the areas are compared with, in words."""
    share = {"all": _per_1000(found.per_1000)}
    if found.is_part:
        return _("these neighbourhoods together: %(all)s") % share
    return _("whole municipality: %(all)s") % share


def _per_1000(share: float | None) -> str:
    """With one decimal below ten, where it matters."""
    return "" if share is None else number_format(share, decimal_pos=1 if share < 10 else 0)


COLUMNS = (
    Column(gettext_lazy("Area code"), lambda area: area.code),
    Column(gettext_lazy("Neighbourhood"), lambda area: area.name),
    Column(gettext_lazy("Inhabitants"), lambda area: area.inhabitants),
    Column(gettext_lazy("Take part (empty: not shown)"), lambda area: area.people),
    Column(gettext_lazy("In 1,000 inhabitants"), lambda area: _rounded(area.per_1000)),
    Column(gettext_lazy("Beside what could be expected (1: as many)"), lambda area: _rounded(area.index)),
    Column(gettext_lazy("How it is heard"), lambda area: str(TONES[area.tone][0])),
)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


class AsFile(TableFile):
    """The table of areas; the mixin before it says of whom (``found``)."""

    name = gettext_lazy("Who is not at the table")
    columns = COLUMNS
    found: Representation

    def rows(self) -> Iterable[AreaShare]:
        return self.found.areas


class AsMap(RepresentationView):
    """The areas as GeoJSON (WGS84), each with its tone and its words, as the table has them."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        found, shapes = self.found, representation.shapes(self.found.areas)
        features = ",".join(
            _feature(area, words(area, found), shapes[area.code])
            for area in found.areas
            if area.code in shapes
        )
        body = f'{{"type":"FeatureCollection","features":[{features}]}}'
        return HttpResponse(body, content_type="application/geo+json")


def _feature(area: AreaShare, told: str, shape: str) -> str:
    state = str(TONES[area.tone][0])
    properties = {"name": area.name, "tone": area.tone, "words": told, "state": state}
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
