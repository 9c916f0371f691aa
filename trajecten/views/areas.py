"""Boundaries, background and addresses, for maps and address fields."""

import json

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.contrib.gis.geos import Point
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from trajecten.domain import geocoder, places, throttle
from trajecten.enums import AreaKind
from trajecten.forms.place import PointForm
from trajecten.models import Area, Municipality

# About a metre: enough for a line on a map, and a fifth of the size.
PRECISION = 5
# From one sender: a group that reports through one connection types no faster, and a program that reads all does.
LOOKUPS_PER_MINUTE = 240


@require_safe
@cache_control(public=True, max_age=3600)
def boundaries(request: HttpRequest, gemeente: str) -> HttpResponse:
    """GeoJSON of the municipality's boundary and its areas of the latest year, written by the database."""
    features = [
        _feature(name, kind, geometry)
        for name, kind, geometry in [*_municipality(request.municipality), *_areas()]
        if geometry
    ]
    body = '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"
    return HttpResponse(body, content_type="application/geo+json")


def _municipality(municipality: Municipality) -> list[tuple[str, str, str]]:
    rows = Municipality.objects.filter(pk=municipality.pk).annotate(
        shape=AsGeoJSON("boundary", precision=PRECISION)
    )
    return [(name, "gemeente", shape) for name, shape in rows.values_list("name", "shape")]


def _areas() -> list[tuple[str, str, str]]:
    rows = Area.objects.filter(places.latest_areas()).annotate(
        shape=AsGeoJSON("geometry", precision=PRECISION)
    )
    return list(rows.order_by("kind", "code").values_list("name", "kind", "shape"))


def _feature(name: str, kind: str, geometry: str) -> str:
    properties = json.dumps({"name": name, "kind": str(AreaKind(kind)) if kind in AreaKind.values else kind})
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'


@require_safe
@cache_control(public=True, max_age=86400)
def background(request: HttpRequest, gemeente: str) -> FileResponse:
    """The municipality's own background of the map; 404 when it has none."""
    if not request.municipality.background:
        raise Http404
    return FileResponse(request.municipality.background.open("rb"), content_type="application/geo+json")


@require_safe
def addresses(request: HttpRequest, gemeente: str) -> JsonResponse:
    """Addresses that fit what was typed; 503 when the geocoder is away, so that the page can say so.

    429 with none for who asks more than ``LOOKUPS_PER_MINUTE``: the service behind it is of others.
    """
    try:
        _allowance(request).spend()
    except throttle.Throttled as throttled:
        return _too_many(throttled, {"addresses": []})
    try:
        found = geocoder.search(request.GET.get("q", ""), municipality_name=request.municipality.name)
    except geocoder.GeocoderUnavailable:
        return _unavailable()
    return JsonResponse({"addresses": [_address(address) for address in found]})


@require_safe
def address_near(request: HttpRequest, gemeente: str) -> JsonResponse:
    """The address nearest to a point, with an empty label when there is none near; limited as ``addresses``.

    For a point outside the municipality ``elsewhere`` is the one it lies in: its name and website, or null.
    """
    form = PointForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    lat, lon = form.cleaned_data["lat"], form.cleaned_data["lon"]
    try:
        _allowance(request).spend()
    except throttle.Throttled as throttled:
        return _too_many(throttled, {"label": ""})
    try:
        found = geocoder.nearest(lat, lon)
    except geocoder.GeocoderUnavailable:
        return _unavailable()
    address = _address(found) if found else {"label": ""}
    return JsonResponse({**address, "elsewhere": _elsewhere(request.municipality, lat, lon)})


def _elsewhere(here: Municipality, lat: float, lon: float) -> dict[str, str] | None:
    try:
        places.check_inside(municipality=here, point=Point(lon, lat, srid=4326))
    except places.OutsideMunicipality as outside:
        there = outside.elsewhere
        return {"name": there.name, "url": there.contact_url} if there else None
    return None


def _allowance(request: HttpRequest) -> throttle.Allowance:
    return throttle.Allowance("look-up", request, LOOKUPS_PER_MINUTE, throttle.MINUTE)


def _too_many(throttled: throttle.Throttled, nothing: dict[str, object]) -> JsonResponse:
    headers = {"Retry-After": str(throttled.retry_after)}
    return JsonResponse({**nothing, "detail": _unavailable_now()}, status=429, headers=headers)


def _address(address: geocoder.Address) -> dict[str, object]:
    return {"label": address.label, "lat": address.lat, "lon": address.lon}


def _unavailable() -> JsonResponse:
    return JsonResponse({"detail": _unavailable_now()}, status=503)


def _unavailable_now() -> str:
    return _("We can't look up addresses right now. You can still type the address, or use the map.")
