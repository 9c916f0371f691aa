"""Searching everything of a municipality that the visitor may see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trajecten.domain.searching import finding, vocabulary
from trajecten.domain.searching.kinds import Kind, Reader
from trajecten.forms.search import SearchForm
from trajecten.views.meetings.coming import visitor
from trajecten.views.paging import LongPaginator

PER_PAGE = 15


@require_safe
def search(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The best of every kind; everything of one kind when that is asked. What nobody meant to type is mended.

    What holds no word, and more than is searched, is told: a page never stays empty without a reason.
    """
    form = SearchForm(request.GET)
    typed, asked = form.asked()
    words = finding.words_of(typed)
    reader = _reader(request)
    kind = finding.kind_named(asked)
    context = _results(request, words, kind, reader) if words else {}
    if words and not context["has_found"]:
        meant = vocabulary.meant(words, request.municipality)
        if meant != words:
            context = _results(request, meant, kind, reader)
            context["meant"] = " ".join(meant) if context["has_found"] else ""
    context |= {
        "typed": typed,
        "words": words,
        "kind": kind,
        "query": form.query(),
        "is_without_words": "q" in request.GET and not words,
        "is_shortened": form.is_too_long or finding.has_too_many(typed),
    }
    context["form"] = SearchForm(initial={"q": typed})
    response = render(request, "trajecten/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response


def _reader(request: HttpRequest) -> Reader:
    is_staff = request.user.has_perm("trajecten.view_dashboard_municipality", request.municipality)
    return Reader(request.municipality, participant=None if is_staff else visitor(request), is_staff=is_staff)


def _results(request: HttpRequest, words: list[str], kind: Kind | None, reader: Reader) -> dict[str, Any]:
    if kind is None:
        groups = finding.preview(words=words, reader=reader)
        return {"groups": groups, "has_found": bool(groups)}
    rows = finding.matches(kind=kind, words=words, reader=reader)
    page = LongPaginator(rows, PER_PAGE, request.GET.get("page")).shown()
    found = finding.shown(kind=kind, rows=list(page.object_list), reader=reader)
    return {
        "page": page,
        "found": found,
        "has_found": bool(found),
        "is_cut": page.paginator.count >= finding.CANDIDATES,
        "candidates": finding.CANDIDATES,
    }
