"""The poster and the letter of a walk as PDF, in the municipality's house style."""

import io
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing import inviting_words, routes, sketch, stops
from buurtschouw.forms.preparing.papers import PaperForm
from buurtschouw.models import Schouw
from buurtschouw.views.preparing.page import OfWalk, PreparationAct
from trajecten.domain import paper
from trajecten.domain.enrolment import queries
from trajecten.domain.house_style import theme
from trajecten.models import Invitation

# Address of each with its template and the size of its sheet.
KINDS = {
    "poster-a3": ("poster", "A3"),
    "poster-a4": ("poster", "A4"),
    "brief": ("letter", "A4"),
}


class WordsView(PreparationAct):
    """The words that stand on poster and letter."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PaperForm(request.POST, auto_id="id_paper_%s")
        if form.is_valid():
            inviting_words.keep(schouw=self.schouw, by=request.user, **form.cleaned_data)
            return self.done(_("The words have been kept."), "telling")
        return self.page(status=422, paper_form=form)


class PaperView(OfWalk):
    """The poster or the letter, to look at in the browser."""

    permission = "buurtschouw.view_schouw"

    def get(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponse:
        return made(request, self.schouw, kind)


def made(request: HttpRequest, schouw: Schouw, kind: str) -> HttpResponse:
    """The sheet as PDF; 404 for another kind than those of ``KINDS``."""
    if kind not in KINDS:
        raise Http404
    template, size = KINDS[kind]
    context = {**_parts(request, schouw), "size": size}
    done = paper.pdf(
        html=render_to_string(f"buurtschouw/paper/{template}.html", context),
        css=render_to_string(f"buurtschouw/paper/{template}.css", context),
        pictures=_logo(schouw),
    )
    name = f"{slugify(schouw.trajectory.title) or 'schouw'}-{kind}.pdf"
    return HttpResponse(
        done, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _parts(request: HttpRequest, schouw: Schouw) -> dict[str, Any]:
    found = list(stops.of(schouw))
    code = _code(schouw)
    address = _address(request, schouw, code)
    tokens = {**theme.DEFAULTS, **schouw.municipality.theme}
    return {
        "schouw": schouw,
        "municipality": schouw.municipality,
        "areas": list(schouw.trajectory.areas.defer("geometry")),
        "themes": list(schouw.themes()),
        "stops": found,
        "measure": routes.measure_of(schouw.route, len(found)),
        "sketch": sketch.of(schouw.route, found) if schouw.route else None,
        "code": code,
        "qr": _qr(address),
        "shown_address": address.partition("://")[2].rstrip("/"),
        "accent": tokens["accent"] if theme.is_colour(str(tokens["accent"])) else theme.DEFAULTS["accent"],
        "sun": tokens["sun"] if theme.is_colour(str(tokens["sun"])) else theme.DEFAULTS["sun"],
        "language": get_language() or settings.LANGUAGE_CODE,
        "font_face": paper.FONT_FACE,
    }


def _code(schouw: Schouw) -> Invitation | None:
    """The newest code that still lets people in as members; None where there is none, or nobody can join."""
    if not schouw.trajectory.takes_people:
        return None
    return next((poster for poster in queries.posters(schouw.trajectory) if poster.is_valid), None)


def _address(request: HttpRequest, schouw: Schouw, code: Invitation | None) -> str:
    """Where the QR code leads: to taking part with the code, or to the page of the walk."""
    gemeente = schouw.municipality.slug
    if code:
        path = reverse("invitation", kwargs={"gemeente": gemeente, "code": code.code})
    else:
        path = reverse("buurtschouw:schouw", kwargs={"gemeente": gemeente, "pk": schouw.pk})
    return request.build_absolute_uri(path)


def _qr(address: str) -> str:
    """An SVG, black on white, with a quarter of it spare (level Q): paper gets wet and torn."""
    drawn = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        drawn,
        kind="svg",
        border=4,
        scale=1,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgns=True,
        omitsize=True,
    )
    return drawn.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" ', 1)


def _logo(schouw: Schouw) -> dict[str, bytes]:
    if not schouw.municipality.logo:
        return {}
    with schouw.municipality.logo.open("rb") as file:
        return {"picture:logo": file.read()}
