"""What happened with a council item, oldest first, with the reasons that were given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trajecten.enums import CouncilStatus
from trajecten.models import Activity, CouncilDecision, CouncilItem


@dataclass(frozen=True)
class Event:
    """One act: who did it, when, what in a few words, and the reason where there is one."""

    who: str
    when: datetime
    title: str
    text: str = ""


def history(item: CouncilItem) -> list[Event]:
    """Every act on the item, in two statements."""
    kind = ContentType.objects.get_for_model(CouncilItem)
    acts = Activity.objects.filter(content_type=kind, object_id=item.pk).select_related("actor_user")
    decisions = {decision.round: decision for decision in item.decisions.all()}
    return list(_events(item, acts.order_by("id"), decisions))


def _events(
    item: CouncilItem, acts: Iterable[Activity], decisions: dict[int, CouncilDecision]
) -> Iterator[Event]:
    for act in acts:
        decision = decisions.get(act.details.get("round", 0))
        title, text = _said(item, act, decision)
        yield Event(str(act.actor_user or _("The portal")), act.at, title, text)


def _said(item: CouncilItem, act: Activity, decision: CouncilDecision | None) -> tuple[str, str]:
    if decision:
        outcome = CouncilStatus(decision.outcome).label
        if decision.why_corrected:
            return _("Corrected: %(outcome)s") % {"outcome": outcome}, decision.why_corrected
        return _("Decided: %(outcome)s") % {"outcome": outcome}, decision.reason
    if act.verb == "council_scheduled":
        return _scheduled(act.details), ""
    if act.verb == "council_withdrawn":
        return _("Withdrawn"), item.reason
    titles = {
        "council_submitted": _("Submitted"),
        "council_changed": _("Text changed"),
        "council_taken_off": _("Taken off the agenda"),
        "council_discussed": _("Discussed"),
    }
    return titles.get(act.verb, act.verb), ""


def _scheduled(details: dict[str, str | None]) -> str:
    days = {name: _day(details[name]) for name in ("day", "from") if details.get(name)}
    if "from" in days and days["from"] != days["day"]:
        return _("Moved from %(from)s to %(day)s") % days
    return _("Put on the agenda of %(day)s") % days


def _day(iso: str | None) -> str:
    return date_format(date.fromisoformat(iso or ""), "j F Y")
