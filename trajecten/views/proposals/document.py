"""One version of a proposal as the page and the PDF show it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from trajecten.domain import paper
from trajecten.domain.proposals import drafting, pricing
from trajecten.models import Proposal


def parts(proposal: Proposal) -> dict[str, Any]:
    """What both show. Reads the sessions, the lines and the areas."""
    lines = list(proposal.lines.all())
    return {
        "proposal": proposal,
        "asked": proposal.request,
        "place": proposal.request.municipality,
        "steps": drafting.plan_of(proposal).parts,
        "areas": list(proposal.areas.defer("geometry")),
        "sessions": list(proposal.sessions.all()),
        "lines": [{"line": line, "amount": pricing.amount_of(line)} for line in lines],
        "totals": pricing.totals(lines),
    }


def pdf(proposal: Proposal) -> HttpResponse:
    """The version as PDF, to look at in the browser."""
    context = {
        **parts(proposal),
        "language": get_language() or settings.LANGUAGE_CODE,
        "numbers": paper.page_numbers(),
        "font_face": paper.FONT_FACE,
    }
    made = paper.pdf(
        html=render_to_string("trajecten/proposals/document.html", context),
        css=render_to_string("trajecten/proposals/document.css", context),
    )
    name = f"{proposal.request.reference}-{proposal.version}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
