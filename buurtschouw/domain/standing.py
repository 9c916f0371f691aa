"""How buurtschouwen stand: what the gates of the method look at, and what is over its term."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.method import Facts
from buurtschouw.models import Category, Evaluation, Report, Schouw
from trajecten.models import Municipality, Trajectory
from trajecten.registry import Standing


def standings(trajectories: Iterable[Trajectory]) -> dict[int, Standing]:
    """How these buurtschouwen stand, by the key of their trajectory, in one statement however many there are.

    Over their term are the open reports on which something had to be said or done before today; a planned
    report whose date has passed, so a promise that was not kept, is one of them.
    """
    known = {trajectory.pk: trajectory for trajectory in trajectories}
    return {
        schouw.trajectory_id: Standing(
            url=_own_page(schouw, known[schouw.trajectory_id].municipality),
            facts=_facts(schouw),
            overdue=schouw.overdue_count,
            overdue_url=_overdue_list(schouw, known[schouw.trajectory_id].municipality),
            public_links=_public_pages(schouw, known[schouw.trajectory_id].municipality),
        )
        for schouw in _counted().filter(trajectory__in=known)
    }


def _counted() -> QuerySet[Any]:
    """Schouwen with everything that is counted of them."""
    themes = Category.objects.filter(schouwen=OuterRef("pk"))
    reports = Report.objects.open().filter(schouw=OuterRef("pk"))
    with_areas = Trajectory.objects.filter(pk=OuterRef("trajectory"), areas__isnull=False)
    return Schouw.objects.annotate(
        has_area=Exists(with_areas),
        theme_count=_count_of(themes),
        unowned=ArraySubquery(themes.filter(team__isnull=True).values("name")),
        unanswered_count=_count_of(reports.filter(first_answer_at__isnull=True)),
        is_evaluated=Exists(Evaluation.objects.filter(schouw=OuterRef("pk"))),
        overdue_count=_count_of(reports.overdue(timezone.localdate())),
    )


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    one_group = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(one_group.annotate(n=Count("*")).values("n")), 0)


def _facts(schouw: Any) -> Facts:
    return Facts(
        has_date=schouw.walk_at is not None,
        has_area=schouw.has_area,
        categories=schouw.theme_count,
        themes_without_team=tuple(schouw.unowned),
        walk_has_begun=schouw.walk_at is not None and schouw.walk_at <= timezone.now(),
        reports_unanswered=schouw.unanswered_count,
        is_evaluated=schouw.is_evaluated,
    )


def _own_page(schouw: Schouw, municipality: Municipality) -> str:
    return reverse("buurtschouw:schouw-edit", kwargs={"gemeente": municipality.slug, "pk": schouw.pk})


def _public_pages(schouw: Schouw, municipality: Municipality) -> tuple[tuple[str, str], ...]:
    reports = reverse("buurtschouw:reports", kwargs={"gemeente": municipality.slug})
    own = reverse("buurtschouw:schouw", kwargs={"gemeente": municipality.slug, "pk": schouw.pk})
    return (
        (_("See the reports of this walk"), f"{reports}?schouw={schouw.pk}"),
        (_("About this walk"), own),
    )


def _overdue_list(schouw: Schouw, municipality: Municipality) -> str:
    queue = reverse("buurtschouw:queue", kwargs={"gemeente": municipality.slug})
    return f"{queue}?schouw={schouw.pk}&term=overdue"
