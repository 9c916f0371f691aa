"""The concept amendment on paper: a PDF that the portal made, and a document that the clerk can go on with."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.generic import View

from budget.domain.amendments import lines, word
from budget.models import Amendment
from budget.views.amendments import AmendmentMixin
from budget.views.outcomes import found
from trajecten.domain import paper
from trajecten.domain.house_style import theme
from trajecten.models import Municipality

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def parts(amendment: Amendment, municipality: Municipality, address: str) -> dict[str, Any]:
    """What both documents say. ``address`` is the page where it can be checked."""
    shifts = lines.shifts(amendment.outcome)
    return {
        "amendment": amendment,
        "outcome": amendment.outcome,
        "municipality": municipality,
        "year": amendment.outcome.round.budget.year,
        "shifts": shifts,
        "moved": lines.moved(shifts),
        "address": address,
    }


def _address(request: HttpRequest, amendment: Amendment) -> str:
    return request.build_absolute_uri(
        f"/{request.municipality.slug}/begroting/bewonersbegroting/{amendment.outcome.round_id}"
        f"/{amendment.outcome.number}/"
    )


def pdf(request: HttpRequest, amendment: Amendment) -> HttpResponse:
    """The amendment as PDF, to look at in the browser."""
    context = {
        **parts(amendment, request.municipality, _address(request, amendment)),
        "language": get_language() or settings.LANGUAGE_CODE,
        "numbers": paper.page_numbers(),
        "font_face": paper.FONT_FACE,
        "accent": theme.accent_of(request.municipality.theme),
    }
    made = paper.pdf(
        html=render_to_string("budget/amendments/document.html", context),
        css=render_to_string("budget/amendments/document.css", context),
    )
    return _answer(made, "application/pdf", f'inline; filename="{_name(amendment)}.pdf"')


def _name(amendment: Amendment) -> str:
    return f"concept-amendement-{slugify(amendment.title) or amendment.pk}"


def _answer(made: bytes, kind: str, disposition: str) -> HttpResponse:
    return HttpResponse(made, content_type=kind, headers={"Content-Disposition": disposition})


class PdfView(AmendmentMixin, View):
    """For who may read the concept."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return pdf(request, self.amendment)


class WordView(AmendmentMixin, View):
    """The same as a document in which one can write."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        given = parts(self.amendment, request.municipality, _address(request, self.amendment))
        made = word.document(word.Paper(**given))
        return _answer(made, WORD, f'attachment; filename="{_name(self.amendment)}.docx"')


@require_safe
def public_pdf(request: HttpRequest, gemeente: str, round: int, number: int) -> HttpResponse:
    """For everybody, once it was handed in."""
    amendment = getattr(found(request, round, number), "amendment", None)
    if amendment is None or amendment.council_item_id is None:
        raise Http404
    return pdf(request, amendment)
