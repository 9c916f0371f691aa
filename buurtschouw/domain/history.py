"""What happened to a report, as one story: answers, verdicts and acts, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buurtschouw.domain import together
from buurtschouw.domain.forwarding import statuses
from buurtschouw.enums import ForwardState, Phase, ReportStatus
from buurtschouw.models import Answer, ForwardUpdate, Reply, Report
from trajecten.domain import verdicts
from trajecten.enums import Moderation, VerdictValue
from trajecten.models import Activity, User

# What is told of the log; answers and verdicts are told with their words from their own rows.
BY_REPORTER = ("reported", "reopened", "photo_added")
# What happens to a report that was forwarded to another system; what that told is in rows of its own.
OF_FORWARD = ("forward_arrived", "forward_came_back", "forward_sent_again")
PUBLIC_VERBS = ("reported", "reopened", "merged", "unmerged", *OF_FORWARD)
STAFF_VERBS = (
    *BY_REPORTER,
    *OF_FORWARD,
    *("assigned", "moderated", "located", "placed", "photo_not_fetched"),
    *("merged", "unmerged", "took_in", "let_go", "taken_up"),
    "done_with_open_tasks",
)
# The acts that make a version of a report: reporting the first, each other one the next.
VERSION_VERBS = (
    *("reported", "answered", "assigned", "reopened", "placed"),
    *("merged", "unmerged", "took_in", "let_go", "taken_up", "replied"),
    *("forward_came_back", "forward_sent_again", "forward_finished"),
)


@dataclass(frozen=True)
class Event:
    """One thing that happened. ``text`` is what somebody wrote. ``kind`` is said (by the reporter), answer,
    verdict, elsewhere (what another system told), portal (what became of sending it there), or act (by an official,
    told to officials only).

    ``by`` is the name of the official, and empty in the public story. ``status`` is that of an answer.
    """

    at: datetime
    kind: str
    title: str
    text: str = ""
    by: str = ""
    status: str = ""
    tone: str = ""


def history(report: Report, *, public: bool = False, own: bool = False) -> list[Event]:
    """The story of this report, oldest first.

    The public story leaves out who of the municipality did what, what only officials do, what was asked of the
    reporter and what they said to that, and the words of a verdict, which nobody has looked at; ``own`` is the public
    story for the reporter, with those words. The reporter of a merged report reads also what is answered on the one
    that is kept.
    """
    public = public or own
    events = [
        *_answers(report, public=public, own=own),
        *(_replies(report) if own or not public else ()),
        *(_told(report) if own else ()),
        *_verdicts(report, with_words=own or not public),
        *_told_elsewhere(report, with_words=own or not public),
        *_acts(report, public=public),
    ]
    return sorted(events, key=lambda event: event.at)


def changes_since(report: Report, version: int) -> list[Event]:
    """What happened after somebody saw this version of the report, oldest first."""
    kind = ContentType.objects.get_for_model(Report)
    counted = Activity.objects.filter(content_type=kind, object_id=report.pk, verb__in=VERSION_VERBS)
    newer = max(report.version - version, 0)
    last_seen = counted.order_by("-id").values_list("at", flat=True)[newer : newer + 1].first()
    return [event for event in history(report) if event.at > (last_seen or report.created_at)]


def _answers(report: Report, *, public: bool, own: bool) -> Iterator[Event]:
    for answer in Answer.objects.filter(report=report).select_related("by").order_by("id"):
        for_reporter_only = public and not own and answer.status == ReportStatus.WAITING
        by = "" if public or answer.by is None else str(answer.by)
        yield _answer(report, answer, by=by, words=not for_reporter_only)


def _told(report: Report) -> Iterator[Event]:
    for told in together.told(report):
        yield _answer(report, told.answer, by="", words=told.has_words)


def _answer(report: Report, answer: Answer, *, by: str, words: bool) -> Event:
    return Event(
        at=answer.at,
        kind="answer",
        title=_answer_title(report, answer),
        text=answer.message if words else "",
        by=by,
        status=answer.status,
        tone={ReportStatus.DONE: "good", ReportStatus.NOT_DONE: "bad"}.get(ReportStatus(answer.status), ""),
    )


def _replies(report: Report) -> Iterator[Event]:
    for reply in Reply.objects.filter(report=report).order_by("pk"):
        yield Event(at=reply.at, kind="said", title=_("Answer of the reporter"), text=reply.text)


def _answer_title(report: Report, answer: Answer) -> str:
    if answer.status == ReportStatus.PLANNED and answer.planned_for:
        return _("Planned for %(day)s") % {"day": date_format(answer.planned_for, "j F Y")}
    if answer.status == ReportStatus.FORWARDED:
        return _("Forwarded to %(whom)s") % {"whom": answer.forwarded_to}
    return {
        ReportStatus.ACKNOWLEDGED: _("Acknowledged"),
        ReportStatus.IN_PROGRESS: _("In progress"),
        ReportStatus.WAITING: _("The municipality asked the reporter something"),
        ReportStatus.DONE: str(report.means.done),
        ReportStatus.NOT_DONE: str(report.means.not_done),
    }[ReportStatus(answer.status)]


def _verdicts(report: Report, *, with_words: bool) -> Iterator[Event]:
    yield from _changed_verdicts(report)
    for verdict in verdicts.of(report):
        yield _verdict(report, verdict.at, verdict.value, verdict.words if with_words else "")


def _told_elsewhere(report: Report, *, with_words: bool) -> Iterator[Event]:
    """What other systems told of it."""
    told = ForwardUpdate.objects.filter(forward__report=report).select_related("forward__destination")
    for update in told.order_by("id"):
        destination = update.forward.destination
        words = statuses.words_of(destination.system, update.status)
        yield Event(
            at=update.at,
            kind="elsewhere",
            title=_("%(whom)s says: %(words)s") % {"whom": destination.name, "words": words},
            text=update.words if with_words else "",
            tone={Phase.DONE: "good", Phase.DECLINED: "bad"}.get(Phase(update.phase), ""),
        )


def _changed_verdicts(report: Report) -> Iterator[Event]:
    """What was said before it was changed in the same round, from the log: the verdict's row has the last only."""
    standing: dict[int, Activity] = {}
    for act in _log(report, ("judged",)).filter(details__has_key="round"):
        overtaken = standing.get(act.details["round"])
        if overtaken:
            yield _verdict(report, overtaken.at, overtaken.details["verdict"])
        standing[act.details["round"]] = act


def _verdict(report: Report, at: datetime, value: str, words: str = "") -> Event:
    given = VerdictValue(value)
    title = str(report.means.verdicts[given][0])
    tone = {VerdictValue.YES: "good", VerdictValue.NO: "bad"}.get(given, "warn")
    return Event(at=at, kind="verdict", title=title, text=words, tone=tone)


def _log(report: Report, verbs: tuple[str, ...]) -> QuerySet[Activity]:
    kind = ContentType.objects.get_for_model(Report)
    return Activity.objects.filter(content_type=kind, object_id=report.pk, verb__in=verbs).order_by("id")


def _acts(report: Report, *, public: bool) -> Iterator[Event]:
    acts = list(_log(report, PUBLIC_VERBS if public else STAFF_VERBS).select_related("actor_user"))
    names = _names({act.details.get("to") for act in acts if act.verb == "assigned"} - {None})
    for act in _photos_together(acts):
        yield Event(
            at=act.at,
            kind=_kind(act.verb),
            title=_act_title(report, act, names),
            by="" if public or act.actor_user is None or act.verb == "reported" else str(act.actor_user),
        )


def _kind(verb: str) -> str:
    if verb in OF_FORWARD:
        return "portal"
    return "said" if verb in BY_REPORTER else "act"


def _photos_together(acts: list[Activity]) -> list[Activity]:
    """The acts, with photos that a phone sent one after another told once, at the last of them."""
    told: list[Activity] = []
    for act in acts:
        if told and act.verb == told[-1].verb == "photo_added":
            act.details = {"photos": told.pop().details["photos"] + act.details["photos"]}
        told.append(act)
    return told


def _names(users: set[int]) -> dict[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=users)} if users else {}


def _act_title(report: Report, act: Activity, names: dict[int, str]) -> str:
    if act.verb == "assigned":
        whom = act.details.get("to")
        if whom is None:
            return _("Assigned to nobody")
        return _("Assigned to %(whom)s") % {"whom": names.get(whom, _("somebody who left"))}
    if act.verb == "moderated":
        return _moderation_title(act)
    if act.verb == "photo_added":
        return ngettext("%(n)d photo was added", "%(n)d photos were added", act.details["photos"]) % {
            "n": act.details["photos"]
        }
    if act.verb in OF_FORWARD:
        return _forward_title(act)
    if act.verb in WITH_OTHER:
        return WITH_OTHER[act.verb] % {
            "number": next(act.details[key] for key in ("into", "from", "report") if key in act.details)
        }
    return {
        "reported": str(report.means.sent_in),
        "reopened": _("The report is open again"),
        "located": _("The place was found by its address"),
        "placed": _("The pin was put on the map"),
        "taken_up": _("We go on without waiting for the reporter"),
        "done_with_open_tasks": _("Called done with open tasks"),
        "photo_not_fetched": _("A photo that was sent as an address could not be fetched"),
    }[act.verb]


WITH_OTHER = {
    "merged": gettext_lazy("Handled together with report %(number)s from now on"),
    "unmerged": gettext_lazy("Handled by itself again, apart from report %(number)s"),
    "took_in": gettext_lazy("Report %(number)s follows this one"),
    "let_go": gettext_lazy("Report %(number)s is handled by itself again"),
}


def _moderation_title(act: Activity) -> str:
    if act.details.get("to") != Moderation.PUBLISHED:
        return _("Only officials may read the text")
    if act.details.get("photos"):
        return _("Everybody may read the text and see the photos")
    return _("Everybody may read the text")


def _forward_title(act: Activity) -> str:
    said = {"whom": act.details["whom"], "number": act.details.get("reference", "")}
    if act.verb == "forward_sent_again":
        return _("Sent to %(whom)s again") % said
    if act.verb == "forward_arrived":
        words = _("Received by %(whom)s, number %(number)s") if said["number"] else _("Received by %(whom)s")
        return words % said
    if act.details["state"] == ForwardState.DECLINED:
        return _("Back from %(whom)s. The municipality looks at it again") % said
    return _("It could not be forwarded to %(whom)s. The municipality looks at it again") % said
