"""Reports that are handled together: which they are, who is behind them, and what their reporters were told."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from buurtschouw.models import Answer, Merge, Report, Support
from trajecten.models import Municipality, Participant


def hold_still(municipality_id: int) -> None:
    """Let nobody merge reports of this municipality, or undo it, until the transaction ends. Before any other lock."""
    Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=municipality_id)


def with_merged(keys: Collection[int]) -> QuerySet[Report]:
    """These reports and those that follow them."""
    rows: QuerySet[Report] = Report.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys))
    return rows.order_by()


def followers(report: Report) -> QuerySet[Report]:
    """The reports that follow this one, with what a list shows of them."""
    return Report.objects.filter(merged_into=report.pk).with_names().order_by("pk")


def merged_reporters(report: Report) -> QuerySet[Participant]:
    """Who made the reports that follow this one, each once, and not its own reporter."""
    authors = Report.objects.filter(merged_into=report.pk, author__isnull=False).values("author")
    found = Participant.objects.filter(pk__in=authors)
    return found.exclude(pk=report.author_id) if report.author_id else found


def supporters(report: Report) -> QuerySet[Participant]:
    """Who supports this report or one that follows it, each once, save who reported one of them."""
    family = with_merged([report.pk])
    backed = Support.objects.filter(report__in=family.values("pk"), participant__isnull=False)
    authors = family.filter(author__isnull=False).values("author")
    found = Participant.objects.filter(pk__in=backed.values("participant"))
    return found.exclude(pk__in=authors)


def following(report: Report) -> set[int]:
    """The numbers of the reports that follow this one, also by way of another."""
    found: set[int] = set()
    newest = {report.pk}
    while newest:
        standing = Merge.objects.filter(into__in=newest, undone_at__isnull=True)
        newest = set(standing.values_list("report", flat=True)) - found
        found |= newest
    return found


def voices(keys: Collection[int], *, besides: Report) -> int:
    """How many different people see what these reports tell, ``besides`` who reported the one that is kept.

    A person is known by their participant or by their browser, a reporter without an address by nothing: each of
    those counts. Who supports one of the reports and made another is one person.
    """
    seen: list[tuple[object, ...]] = [
        tuple(
            mark for mark in (participant and ("person", participant), device and ("device", device)) if mark
        )
        for participant, device in Support.objects.filter(report__in=keys).values_list(
            "participant", "device"
        )
    ]
    others = Report.objects.filter(pk__in=keys).exclude(pk=besides.pk).values_list("author", flat=True)
    seen += [(("person", author),) if author else () for author in others]
    reporter = ("person", besides.author_id) if besides.author_id else None
    return sum(reporter not in group for group in _people(seen))


def _people(seen: Iterable[tuple[object, ...]]) -> list[set[object]]:
    """The marks of each different person; what shares a mark is one, and what has none is somebody by itself."""
    people: list[set[object]] = []
    of_mark: dict[object, set[object]] = {}
    for marks in seen:
        person = set(marks)
        for known in {id(of_mark[mark]): of_mark[mark] for mark in marks if mark in of_mark}.values():
            people.remove(known)
            person |= known
        people.append(person)
        of_mark.update(dict.fromkeys(person, person))
    return people


@dataclass(frozen=True)
class Told:
    """An answer that the reporter of a merged report reads too; without its words where those are not theirs."""

    answer: Answer
    has_words: bool


def told(report: Report) -> list[Told]:
    """The answers to the reports that this one follows or once followed, oldest first.

    What was answered while it followed was meant for its reporter too. What was answered before that has words only
    where everybody may read them. Questions were for the other reporter alone.
    """
    found = {told.answer.pk: told for told in _told(report, None, None)}
    if report.merged_into_id:
        before = _answers(report.merged_into_id)
        found = {answer.pk: Told(answer, answer.report.is_public) for answer in before} | found
    return sorted(found.values(), key=lambda told: told.answer.pk)


def _told(report: Report, since: datetime | None, until: datetime | None) -> Iterator[Told]:
    for merge in Merge.objects.filter(report=report.pk).select_related("into").defer("into__search"):
        begin = max(filter(None, [since, merge.at]))
        end = min(filter(None, [until, merge.undone_at]), default=None)
        answers = _answers(merge.into_id).filter(at__gte=begin)
        yield from (Told(answer, True) for answer in (answers.filter(at__lte=end) if end else answers))
        yield from _told(merge.into, begin, end)


def _answers(report: int) -> QuerySet[Answer]:
    rows = Answer.objects.filter(report=report).for_others()
    return rows.select_related("report", "by").defer("report__search").order_by("pk")
