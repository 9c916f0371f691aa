"""The promises of a filter as CSV, as JSON and as RSS: open data, without cookies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from trajecten.domain.promises import promised
from trajecten.domain.promises.promised import PromiseFilter
from trajecten.domain.tables import Column
from trajecten.enums import CommitmentStatus
from trajecten.forms.promises.filtering import PublicFilterForm
from trajecten.models import Commitment, CommitmentOrigin, CommitmentUpdate, Municipality
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import csv_response, in_batches

PER_PAGE = 100
TURNS = 40
# The names are part of the agreement with who reads this (docs/open-data.md): they do not change, and not by language.
COLUMNS = (
    "id", "text", "trajectory", "area_code", "area", "team", "keeper", "status", "deadline", "late", "reason",
    "promised_at", "closed_at", "round", "verdict_yes", "verdict_partly", "verdict_no", "origins", "url",
)  # fmt: skip

public_for_minutes = cache_control(public=True, max_age=300)


def record(row: Commitment, base: str) -> dict[str, Any]:
    """One promise under its stable names; ``base`` is the address of the municipality's promises."""
    return {
        "id": row.pk,
        "text": row.public_text,
        "trajectory": row.trajectory.title,
        "area_code": row.area.code if row.area else "",
        "area": row.area.name if row.area else "",
        "team": row.team.name if row.team else "",
        "keeper": promised.keeper(row),
        "status": row.status,
        "deadline": row.deadline.isoformat(),
        "late": row.is_late,
        "reason": row.public_reason,
        "promised_at": row.created_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "round": row.round,
        "verdict_yes": row.verdict_yes,
        "verdict_partly": row.verdict_partly,
        "verdict_no": row.verdict_no,
        "origins": row.origin_count,
        "url": f"{base}{row.pk}/",
    }


def _rows(form: PublicFilterForm) -> Any:
    """With the number of their origins, counted row by row: joined, all of them would be grouped first."""
    origins = CommitmentOrigin.objects.filter(commitment=OuterRef("pk")).order_by().values("commitment")
    counted = Subquery(origins.annotate(n=Count("pk")).values("n"))
    return promised.newest(form.asked()).annotate(origin_count=Coalesce(counted, 0))


def _base(request: HttpRequest, gemeente: str) -> str:
    return request.build_absolute_uri(reverse("promises", kwargs={"gemeente": gemeente}))


def _opened(response: HttpResponseBase) -> HttpResponseBase:
    """Any site may read it: there is nothing in it that is not on the page."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@public_for_minutes
def as_json(request: HttpRequest, gemeente: str) -> HttpResponseBase:
    """A page of the promises of the filter, with the figures of all of them."""
    form = PublicFilterForm(request.GET)
    page = LongPaginator(_rows(form), PER_PAGE, request.GET.get("page")).shown()
    query = form.query()
    base = _base(request, gemeente)

    def address(number: int) -> str:
        rest = f"{query}&" if query else ""
        return request.build_absolute_uri(f"{request.path}?{rest}page={number}")

    figures = promised.figures(form.asked())
    names = figures.__dataclass_fields__
    answer = {
        "municipality": {"code": request.municipality.code, "name": request.municipality.name},
        "figures": {name: getattr(figures, name) for name in names},
        "page": page.number,
        "next": address(page.next_page_number()) if page.has_next() else None,
        "previous": address(page.previous_page_number()) if page.has_previous() else None,
        "promises": [record(row, base) for row in promised.with_public_words(page)],
    }
    return _opened(JsonResponse(answer))


@require_safe
@public_for_minutes
def as_csv(request: HttpRequest, gemeente: str) -> HttpResponseBase:
    """All promises of the filter, sent while they are read; UTF-8 with a mark by which a spreadsheet knows it."""
    base = _base(request, gemeente)

    def records(rows: Iterable[Commitment]) -> Iterator[dict[str, Any]]:
        return (record(row, base) for row in promised.with_public_words(rows))

    lines = in_batches(_rows(PublicFilterForm(request.GET)), records, request.municipality)
    columns = [Column(name, itemgetter(name)) for name in COLUMNS]
    return _opened(csv_response(f"beloofd-en-gedaan-{gemeente}", columns, lines, delimiter=";", mark=True))


@dataclass(frozen=True)
class Subscription:
    """Whose promises a feed tells of, and which of them."""

    municipality: Municipality
    asked: PromiseFilter


class PromiseFeed(Feed):
    """What happened last to the promises of a filter, as RSS."""

    feed_type = Rss201rev2Feed

    def get_object(self, request: HttpRequest, gemeente: str) -> Any:
        return Subscription(request.municipality, PublicFilterForm(request.GET).asked())

    def title(self, to: Subscription) -> str:
        return _("Promised and done in %(name)s") % {"name": to.municipality.name}

    def description(self, to: Subscription) -> str:
        return _("What happens to the promises of the municipality of %(name)s.") % {
            "name": to.municipality.name
        }

    def link(self, to: Subscription) -> str:
        return reverse("promises", kwargs={"gemeente": to.municipality.slug})

    def items(self, to: Subscription) -> list[CommitmentUpdate]:
        turns = list(promised.latest_turns(to.asked, TURNS))
        promised.with_public_words(turn.commitment for turn in turns)
        for turn in turns:
            turn.slug = to.municipality.slug
        return turns

    def item_title(self, item: CommitmentUpdate) -> str:
        text = Truncator(item.commitment.public_text).chars(100)
        return f"{_happened(item)}: {text}"

    def item_description(self, item: CommitmentUpdate) -> str:
        said = (item.public_words, item.public_reason)
        return " ".join(part for part in said if part) or item.commitment.public_text

    def item_link(self, item: CommitmentUpdate) -> str:
        kwargs = {"gemeente": item.slug, "pk": item.commitment_id}
        return f"{reverse('promise', kwargs=kwargs)}#turn-{item.pk}"

    def item_guid(self, item: CommitmentUpdate) -> str:
        return f"toezegging-{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: CommitmentUpdate) -> Any:
        return item.at

    def item_categories(self, item: CommitmentUpdate) -> list[str]:
        return [item.commitment.trajectory.title]


def _happened(turn: CommitmentUpdate) -> str:
    if turn.status_to:
        return str(CommitmentStatus(turn.status_to).label).capitalize()
    return _("Changed") if turn.deadline_to or turn.text_before or turn.handed_over else _("News")


as_rss = require_safe(public_for_minutes(PromiseFeed()))
