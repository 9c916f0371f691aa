"""The route of a walk: drawing it, GPX in and out, taking it over, and the map of it for everybody."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from buurtschouw.browser_texts import ROUTE_LABELS
from buurtschouw.domain.preparing import earlier, gpx, routes, stops
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.forms.preparing.earlier import EarlierForm
from buurtschouw.forms.preparing.route import GpxForm, RouteForm
from buurtschouw.models import Schouw
from buurtschouw.views.preparing.page import OfWalk, PreparationAct
from trajecten.browser_texts import as_json
from trajecten.domain import places
from trajecten.forms.refusing import refuse

ROUTE, STOPS = "route", "stops"


class RoutePage(OfWalk):
    """The map on which the route is drawn, and a form for a GPX file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RouteForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                routes.draw(schouw=self.schouw, by=request.user, **given)
            except PreparationRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("The route has been kept. Residents see it at once."), ROUTE)
        return self.page(status=422, form=form)

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        context = {
            "schouw": self.schouw,
            "may_prepare": self.may_prepare(),
            "measure": routes.measure(self.schouw),
            "areas": self.schouw.trajectory.areas.all(),
            "form": RouteForm(initial=RouteForm.initial_of(self.schouw)),
            "gpx_form": GpxForm(auto_id="id_gpx_%s"),
            "labels": as_json(ROUTE_LABELS),
            **forms,
        }
        return render(self.request, "buurtschouw/staff/route.html", context, status=status)


class GpxUpload(RoutePage):
    """A route from a file; with its marked places as stops where that was asked and there are none yet."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to(name="route")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = GpxForm(request.POST, request.FILES, auto_id="id_gpx_%s")
        if form.is_valid():
            try:
                made = gpx.take(
                    schouw=self.schouw,
                    track=form.read(),
                    with_stops=form.cleaned_data["with_stops"],
                    by=request.user,
                )
            except PreparationRefused as refused:
                form.add_error("gpx", refused.message)
            else:
                words = ngettext(
                    "The route of the file has been kept, with %(n)d stop.",
                    "The route of the file has been kept, with %(n)d stops.",
                    made,
                )
                return self.done(
                    words % {"n": made} if made else _("The route of the file has been kept."), ROUTE
                )
        return self.page(status=422, gpx_form=form)


class TakeOver(PreparationAct):
    """Route, stops and statements of an earlier walk."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = EarlierForm(request.POST, walks=earlier.walks_before(self.schouw), auto_id="id_earlier_%s")
        if form.is_valid():
            try:
                earlier.take_over(schouw=self.schouw, by=request.user, **form.cleaned_data)
            except PreparationRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("Taken over. You can still change everything."), ROUTE)
        return self.page(status=422, earlier_form=form)


def _walk(pk: int) -> Schouw:
    rows = Schouw.objects.select_related("trajectory", "municipality").defer("municipality__boundary")
    found: Schouw = get_object_or_404(rows, pk=pk)
    return found


@require_safe
def route_gpx(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """The route and the stops as a file for a walking app."""
    schouw = _walk(pk)
    name = slugify(schouw.trajectory.title) or "route"
    return HttpResponse(
        gpx.write(schouw=schouw, stops=stops.of(schouw)),
        content_type=gpx.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.gpx"'},
    )


@require_safe
def route_geojson(request: HttpRequest, gemeente: str, pk: int) -> JsonResponse:
    """The route and the stops for a map (WGS84); the list beside it says the same."""
    schouw = _walk(pk)
    return JsonResponse(
        {"type": "FeatureCollection", "features": features(schouw)}, content_type="application/geo+json"
    )


def features(schouw: Schouw) -> list[dict[str, object]]:
    """The line first, then a point for each stop."""
    found: list[dict[str, object]] = []
    if schouw.route is not None:
        line = {"type": "LineString", "coordinates": [list(point) for point in schouw.route.coords]}
        found.append({"type": "Feature", "geometry": line, "properties": {"kind": "route"}})
    for stop in stops.of(schouw):
        name = _("Stop %(number)s: %(name)s") % {"number": stop.position, "name": stop.name}
        properties = {
            "kind": "stop",
            "id": stop.pk,
            "number": stop.position,
            "name": name,
            "remark": stop.remark,
        }
        found.append({"type": "Feature", "geometry": places.geometry(stop.point), "properties": properties})
    return found
