"""Lists of ideas by their power, and what each needs next. Each is served by the index ``idea_ranked``."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtschouw.domain.ideas import power
from buurtschouw.enums import Feasibility, ReportStatus
from buurtschouw.models import Category, Idea, Joining, Report, Schouw
from trajecten.domain import places
from trajecten.enums import Moderation
from trajecten.models import Area, Succession
from trajecten.models.succession import STANDING

# What an idea may need next, as a filter asks it.
JUDGEMENT, PULLER, ANSWER = "judgement", "puller", "answer"
NEEDS = {
    JUDGEMENT: Q(feasibility=""),
    PULLER: Q(pullers=0),
    ANSWER: Q(pullers__gt=0, report__first_answer_at__isnull=True),
}


# What is being done already.
UNDER_WAY = frozenset({ReportStatus.PLANNED, ReportStatus.IN_PROGRESS})


@dataclass(frozen=True)
class IdeaFilter:
    """What somebody asked to see; empty values ask nothing."""

    category: Category | None = None
    area: Area | None = None
    schouw: Schouw | None = None
    needs: str = ""


def ranked(asked: IdeaFilter) -> QuerySet[Idea]:
    """Open ideas, the most powerful first, each with its report and what a row of a list names of it."""
    rows: QuerySet[Idea] = Idea.objects.filter(is_ranked=True)
    if asked.category:
        rows = rows.filter(report__category=asked.category)
    if asked.area:
        rows = rows.filter(report__area_id__in=places.with_children(asked.area))
    if asked.schouw:
        rows = rows.filter(report__schouw=asked.schouw)
    if asked.needs in NEEDS:
        rows = rows.filter(NEEDS[asked.needs])
    named = rows.select_related("report__category", "report__area", "report__trajectory")
    return named.defer("report__search", "report__area__geometry").order_by("-power", "report_id")


def for_desk(asked: IdeaFilter) -> QuerySet[Any]:
    """The same for officials, with ``is_prepared``: whether it stands for another method."""
    kind = ContentType.objects.get_for_model(Report)
    standing = Succession.objects.filter(
        content_type=kind, object_id=OuterRef("report_id"), state__in=STANDING
    )
    return ranked(asked).annotate(is_prepared=Exists(standing))


def public(asked: IdeaFilter) -> QuerySet[Idea]:
    """The same for everybody: without what officials hid. Words are shown only where they are public."""
    return ranked(asked).exclude(report__moderation=Moderation.HIDDEN)


def pullers_of(numbers: Collection[int]) -> dict[int, list[Joining]]:
    """Who pull each of these ideas, the first one first, in one query."""
    found: dict[int, list[Joining]] = defaultdict(list)
    pulling = power.confirmed(numbers).filter(pulls_since__isnull=False).select_related("participant")
    for row in pulling.order_by("pulls_since", "pk"):
        found[row.report_id].append(row)
    return found


def needs(idea: Any) -> list[str]:
    """What is to be done about it next, in words, for who works at the municipality; ``idea`` is of ``for_desk``."""
    if idea.is_prepared or idea.report.status in UNDER_WAY:
        return []
    if idea.feasibility == Feasibility.NOT_POSSIBLE:
        return [_("Say that it is not possible, and what is")]
    wanted = []
    if not idea.feasibility:
        wanted.append(_("Judge whether it is feasible"))
    if not idea.pullers and idea.joiners:
        message = ngettext(
            "Find who pulls it: %(n)d who joins waits", "Find who pulls it: %(n)d who join wait", idea.joiners
        )
        wanted.append(message % {"n": idea.joiners})
    elif not idea.pullers:
        wanted.append(_("Find who pulls it"))
    elif idea.report.first_answer_at is None:
        wanted.append(_("Answer who pulls it"))
    elif idea.feasibility:
        wanted.append(_("Talk with who pulls it: a promise, or an initiative"))
    return wanted
