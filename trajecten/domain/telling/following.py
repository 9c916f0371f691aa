"""Following: hearing what becomes of a trajectory, a report, a promise, an area or the whole municipality."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, Model, Q, QuerySet
from django.utils import timezone

from trajecten import registry
from trajecten.domain import activities, writing
from trajecten.models import Activity, Follow, Participant, User

# What happened within this time is new.
NEWS = timedelta(days=7)


class FollowRefused(Exception):
    """This can't be followed: nobody registered how, it is not public, or it is of another municipality."""


@dataclass(frozen=True)
class Followed:
    """Something that somebody follows. ``kind`` and ``number`` are what the form of following asks."""

    kind: str
    number: int
    name: str
    title: str
    url: str
    since: datetime
    news_at: datetime | None = None

    @property
    def is_new(self) -> bool:
        """Whether something happened with it in the last days."""
        return self.news_at is not None and self.news_at >= timezone.now() - NEWS


def kind_of(target: Model) -> str:
    """How a form names the kind of a thing: app and model."""
    return str(target._meta.label_lower)


def find(*, kind: str, number: int) -> Any:
    """The thing that a form names, within this municipality. Raises ``FollowRefused`` when it can't be followed."""
    known = next((each for each in registry.followables() if each.model._meta.label_lower == kind), None)
    found = known.load([number]).get(number) if known else None
    if found is None:
        raise FollowRefused(kind)
    return found


@transaction.atomic
def follow(*, participant: Participant, target: Any) -> bool:
    """Follow from now on; twice is harmless. Returns whether it is new.

    Raises ``FollowRefused`` for what can't be followed, is not public, or is of another municipality.
    """
    try:
        known = registry.followable(type(target))
    except KeyError as error:
        raise FollowRefused(kind_of(target)) from error
    if target.municipality_id != participant.municipality_id or not known.is_public(target):
        raise FollowRefused(kind_of(target))
    row = Follow(municipality_id=participant.municipality_id, participant=participant, target=target)
    writing.insert(writing.New(row, on_conflict="DO NOTHING"))
    if row.pk is None:
        return False
    activities.record(verb="followed", target=target, by=participant)
    return True


@transaction.atomic
def unfollow(*, participant: Participant, target: Any) -> bool:
    """Follow no longer. Returns whether it was followed. What is no longer public can be left too."""
    gone, _ = of_target(target).filter(participant=participant).delete()
    if gone:
        activities.record(verb="unfollowed", target=target, by=participant)
    return bool(gone)


def of_target(target: Model) -> QuerySet[Follow]:
    kind = ContentType.objects.get_for_model(target)
    found: QuerySet[Follow] = Follow.objects.filter(
        municipality=target.municipality_id,  # type: ignore[attr-defined]
        content_type=kind,
        object_id=target.pk,
    )
    return found


def followers(target: Model) -> QuerySet[Participant]:
    """Who follows this, as a query."""
    found: QuerySet[Participant] = Participant.objects.filter(pk__in=of_target(target).values("participant"))
    return found


def is_following(*, user: User, target: Model) -> bool:
    """Whether this account follows it."""
    return of_target(target).filter(participant__user=user).exists()


def followed_by(participant: Participant) -> list[Followed]:
    """What this participant follows, the newest first; one query for each kind of thing among it."""
    rows = Follow.objects.filter(participant=participant).order_by("content_type", "-id")
    found: list[Followed] = []
    for type_id, of_type in groupby(rows, key=lambda row: row.content_type_id):
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None:
            found += _of_kind(registry.followable(model), list(of_type))
    return sorted(found, key=lambda each: each.since, reverse=True)


def _of_kind(known: registry.Followable, rows: Iterable[Follow]) -> Iterable[Followed]:
    things = known.load([row.object_id for row in rows])
    for row in rows:
        thing = things.get(row.object_id)
        if thing is not None:
            yield Followed(
                kind_of(thing),
                row.object_id,
                str(known.name),
                known.title(thing),
                known.url(thing),
                row.created_at,
            )


def with_news(followed: Iterable[Followed]) -> list[Followed]:
    """These things, each with when something public happened with it last, in one query for all of them."""
    things = list(followed)
    if not things:
        return things
    kinds = {kind: ContentType.objects.get_by_natural_key(*kind.split(".")).pk for kind, _n in _keys(things)}
    wanted = reduce(or_, (Q(content_type=kinds[kind], object_id=number) for kind, number in _keys(things)))
    rows = Activity.objects.filter(wanted, is_public=True).order_by().values_list("content_type", "object_id")
    latest = {(kind, number): at for kind, number, at in rows.annotate(Max("at"))}
    return [replace(thing, news_at=latest.get((kinds[thing.kind], thing.number))) for thing in things]


def _keys(things: Iterable[Followed]) -> list[tuple[str, int]]:
    return [(thing.kind, thing.number) for thing in things]
