"""The part of the log that coordinators read: who looked up whom, and who decided what over people and texts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trajecten import registry
from trajecten.domain.lookups import LOOKED_UP
from trajecten.models import Activity, Commitment, Meeting, Trajectory, User

VERBS: Mapping[str, str | Promise] = {
    LOOKED_UP: _("Looked at data of a resident"),
    "moderated": _("Made public or hidden"),
    "abuse_reported": _("Reported as abuse"),
    "objected": _("Did not agree with hiding"),
    "objection_answered": _("Answered who did not agree"),
    "premoderation_changed": _("Changed what is read first"),
    "consent_withdrawn": _("Withdrew a consent"),
    "consent_given": _("Gave a consent"),
    "person_erased": _("Had themselves erased"),
    "staff_invited": _("Invited an official"),
    "staff_accepted": _("Accepted an invitation"),
    "staff_invitation_withdrawn": _("Withdrew an invitation"),
    "staff_roles_changed": _("Changed the roles of an official"),
    "staff_revoked": _("Took away the access of an official"),
    "team_kept": _("Changed a team"),
    "settings_changed": _("Changed the settings"),
    "list_exported": _("Took a list along as a file"),
}

# The pages on which one looks at people, by what they are about.
PAGES: Mapping[type[Any], tuple[str, Callable[[Any], dict[str, int]]]] = {
    Trajectory: ("members", lambda row: {"pk": row.pk}),
    Meeting: ("staff-meeting", lambda row: {"pk": row.trajectory_id, "meeting": row.pk}),
    Commitment: ("staff-promise", lambda row: {"pk": row.pk}),
}


@dataclass(frozen=True)
class Asked:
    """What is asked of the log. ``verb`` is one of ``VERBS``, empty for all of them; both days are taken along."""

    verb: str = LOOKED_UP
    official: User | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Line:
    """One act in words. ``who`` is empty for what nobody did by name; ``url`` for what has no page of its own."""

    at: datetime
    who: str
    act: str | Promise
    what: str
    url: str = ""


def rows(asked: Asked) -> QuerySet[Activity]:
    """The acts, newest first."""
    found = Activity.objects.filter(**({"verb": asked.verb} if asked.verb else {"verb__in": list(VERBS)}))
    if asked.official:
        found = found.filter(actor_user=asked.official)
    if asked.first_day:
        found = found.filter(at__gte=_begin(asked.first_day))
    if asked.last_day and asked.last_day < date.max:
        found = found.filter(at__lt=_begin(asked.last_day + timedelta(days=1)))
    return found.order_by("-at", "-id")


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def lines(found: Iterable[Activity]) -> list[Line]:
    """These acts in words, in a number of queries that does not grow with them."""
    acts = list(found)
    loaded = _contributions(acts)
    names = dict(User.objects.filter(pk__in={act.actor_user_id for act in acts}).values_list("pk", "name"))
    pages = _pages(acts)
    return [_line(act, names, loaded, pages) for act in acts]


def _pages(acts: list[Activity]) -> dict[tuple[int, int], tuple[str, str]]:
    """What the acts are about in the core, in words, with its page; not who it is about."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for model, (page, parts) in PAGES.items():
        kind = ContentType.objects.get_for_model(model).pk
        keys = {act.object_id for act in acts if act.content_type_id == kind}
        rows = model._base_manager.filter(pk__in=keys).select_related("municipality") if keys else ()
        for row in rows:
            title = f"{capfirst(str(model._meta.verbose_name))} {getattr(row, 'title', row.pk)}"
            kwargs = {"gemeente": row.municipality.slug, **parts(row)}
            found[kind, row.pk] = (title, reverse(page, kwargs=kwargs))
    return found


def _contributions(acts: list[Activity]) -> dict[tuple[int, int], Any]:
    """The contributions that the acts are about, by content type and key."""
    keys: dict[int, set[int]] = defaultdict(set)
    for act in acts:
        keys[act.content_type_id].add(act.object_id)
    found = {}
    for kind in registry.contribution_kinds():
        number = ContentType.objects.get_for_model(kind.model).pk
        if number in keys:
            rows = kind.load(keys[number])
            found.update({(number, key): (kind, row) for key, row in rows.items()})
    return found


def _line(
    act: Activity,
    names: Mapping[int, str],
    loaded: Mapping[tuple[int, int], Any],
    pages: Mapping[tuple[int, int], tuple[str, str]],
) -> Line:
    who = names.get(act.actor_user_id or 0, "")
    known = loaded.get((act.content_type_id, act.object_id))
    if known:
        kind, row = known
        what = f"{capfirst(str(kind.name))} {act.object_id}: {kind.title(row)}"
        return Line(act.at, who, VERBS[act.verb], what, kind.staff_url(row))
    name = capfirst(str(ContentType.objects.get_for_id(act.content_type_id).name))
    return Line(
        act.at, who, VERBS[act.verb], *(pages.get((act.content_type_id, act.object_id)) or (name, ""))
    )
