"""Every wijk and buurt has a page: what is promised, said and going on there, with the button to follow it."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trajecten import registry
from trajecten.domain.overview import neighbourhood as neighbourhoods
from trajecten.models import Area


@require_safe
def neighbourhood_list(request: HttpRequest, gemeente: str) -> HttpResponse:
    """All of them, by wijk."""
    areas = neighbourhoods.divided()
    context = {"districts": [list(group) for _code, group in groupby(areas, key=_district)]}
    return render(request, "trajecten/neighbourhoods/list.html", context)


def _district(area: Area) -> str:
    return str((area.parent or area).code)


@require_safe
def neighbourhood(request: HttpRequest, gemeente: str, code: str) -> HttpResponse:
    """One area by its CBS code. Asked for by htmx, from "my overview", it is only what goes on there."""
    area = neighbourhoods.find(code)
    if area is None:
        raise Http404
    context = {
        "area": area,
        "neighbourhood": neighbourhoods.of(area),
        "said_url": registry.area_page(request.municipality, area.pk),
    }
    if request.headers.get("HX-Request"):
        response = render(request, "trajecten/neighbourhoods/_around.html", context)
    else:
        context["parts"] = [part for part in neighbourhoods.divided() if part.parent == area]
        response = render(request, "trajecten/neighbourhoods/neighbourhood.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
