"""Ideas for everybody: ranked by their power in a list and on a map, and what the page of one says of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from buurtschouw.domain.ideas import explaining, listing, power
from buurtschouw.domain.mapping import viewport
from buurtschouw.enums import ReportStatus
from buurtschouw.forms.ideas import IdeaFilterForm, JoinForm
from buurtschouw.forms.overview import ViewportForm
from buurtschouw.models import Idea, Joining, Judgement, Report
from buurtschouw.views.mapping import TONES, Told, as_geojson, renewed
from buurtschouw.views.overview import legend
from trajecten import registry
from trajecten.domain.successions import preparing
from trajecten.views.paging import LongPaginator

PER_PAGE = 25


@require_safe
def ideas(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The open ideas, the most powerful first, as a list beside the map."""
    form = IdeaFilterForm(request.GET)
    paginator = LongPaginator(listing.public(form.asked()), PER_PAGE, request.GET.get("page"))
    page = paginator.shown()
    pullers = listing.pullers_of([idea.report_id for idea in page])
    query = form.query()
    context = {
        "form": form,
        "page": page,
        "rows": [{"idea": idea, "pullers": pullers[idea.report_id]} for idea in page],
        "legend": legend(),
        "query": query,
        "geojson_url": f"{reverse('buurtschouw:ideas-geojson', kwargs={'gemeente': gemeente})}?{query}",
    }
    return render(request, "buurtschouw/ideas/list.html", context)


@renewed
@cache_control(no_cache=True, public=True)
@require_safe
def ideas_geojson(request: HttpRequest, gemeente: str) -> JsonResponse:
    """The same ideas in the view of a map, as ``mapping.reports_geojson`` has reports; its status tells the power."""
    wanted = listing.public(IdeaFilterForm(request.GET).asked()).order_by()
    rows = Report.objects.filter(pk__in=wanted.values("report"))
    found = viewport.look(rows=rows, counting=None, **ViewportForm(request.GET).asked())
    powers = dict(Idea.objects.filter(report__in=found.reports).values_list("report", "power"))

    def told(report: Report) -> Told:
        words = _("initiative power %(n)s") % {"n": round(powers[report.pk])}
        return Told(report.public_title, words, TONES.get(ReportStatus(report.status), "open"))

    any_url = reverse("buurtschouw:public-report", kwargs={"gemeente": gemeente, "number": 0})
    return as_geojson(found, told, any_url.removesuffix("0/"))


# -- On the page of one idea ----------------------------------------------------------------------------------


def idea_context(request: HttpRequest, report: Report, **forms: Any) -> dict[str, Any]:
    """What the page of a report shows besides when it is an idea; empty for another report."""
    idea = Idea.objects.filter(report=report).first() if report.is_idea else None
    if idea is None:
        return {}
    idea.report = report
    mine = _mine(request, report)
    return {
        "idea": idea,
        "power": round(power.power_of(idea).total),
        "parts": explaining.explained(idea),
        "pullers": listing.pullers_of([report.pk])[report.pk],
        "named": _named(report),
        "judgements": list(Judgement.objects.filter(report=report).order_by("-pk")),
        "standing": _standing(report),
        "mine": mine,
        "may_join": report.is_open and report.is_public and mine is None,
        "join_form": JoinForm(signed_in=request.user.is_authenticated),
        **forms,
    }


def _mine(request: HttpRequest, report: Report) -> Joining | None:
    if not request.user.is_authenticated:
        return None
    mine = Joining.objects.filter(report=report, participant__user=request.user, confirmed_at__isnull=False)
    return mine.select_related("participant").first()


def _named(report: Report) -> list[str]:
    """The names of who joins and lets everybody see it, but for who pull it."""
    rows = power.confirmed([report.pk]).filter(is_named=True, pulls_since__isnull=True)
    named = rows.exclude(participant__display_name="").select_related("participant").order_by("confirmed_at")
    return [row.public_name for row in named]


def _standing(report: Report) -> dict[str, Any] | None:
    """For which other method it is prepared, or what it became there."""
    found = preparing.standing_of(report)
    return {"succession": found, "becomes": registry.successor(found.target)} if found else None
