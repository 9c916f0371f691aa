"""The figures in a frame on another website: no cookies, no session, no scripts."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from trajecten.domain.promises import promised
from trajecten.models import Municipality
from trajecten.views.promises.exports import public_for_minutes
from trajecten.views.promises.public import claims, residents

LATEST = 3


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public_for_minutes
def widget(request: HttpRequest, gemeente: str) -> HttpResponse:
    """This year's figures and the promises that were made last.

    Made without the request: nothing of who looks is read, and nothing is asked to be kept.
    """
    asked = promised.this_year()
    figures = promised.figures(asked)
    context = {
        "municipality": request.municipality,
        "figures": figures,
        "claims": claims(figures),
        "verdicts": residents(figures),
        "latest": promised.with_public_words(promised.newest(asked)[:LATEST]),
        "page_url": _url("promises", request.municipality),
    }
    return HttpResponse(render_to_string("trajecten/promises/widget.html", context))


def _url(name: str, municipality: Municipality) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs={'gemeente': municipality.slug})}"


def snippet(municipality: Municipality) -> str:
    """What somebody puts in the page of another website."""
    address, name = _url("promises-widget", municipality), municipality.name
    return (
        f'<iframe src="{address}" title="Beloofd en gedaan, gemeente {name}" '
        'width="100%" height="560" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )
