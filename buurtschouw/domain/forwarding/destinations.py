"""The other systems of a municipality: keeping them, reading their categories, and which theme becomes which."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtschouw.domain.forwarding import calling, channels, keys
from buurtschouw.domain.forwarding.answers import Declined, Offer, Unreached
from buurtschouw.domain.forwarding.open311 import Open311
from buurtschouw.enums import LIVE
from buurtschouw.models import Category, Destination, DestinationTheme
from trajecten.domain import activities
from trajecten.models import User
from trajecten.refusals import Refused

MAX_OFFERED = 2000


class DestinationRefused(Refused):
    """Another system that can't be kept like this, or does not answer as it should; the message says why."""


@transaction.atomic
def keep(
    *,
    destination: Destination,
    by: User,
    name: str,
    system: str,
    url: str,
    jurisdiction: str = "",
    key: str = "",
    forgets_key: bool = False,
    contact: str = "",
    is_active: bool = True,
) -> Destination:
    """Make a new one, or change one. An empty ``key`` leaves the one that there is, unless ``forgets_key``.

    Refused (``DestinationRefused``): a name that is taken, an address that may not be asked, another kind of system
    than it was, for its categories would mean nothing any more. A key is not kept for another server than the one
    that it was filled in for: who changes the server fills in the key again.
    """
    is_new = destination.pk is None
    _check(destination, name, system, url)
    if not is_new and _server(url) != _server(destination.url) and destination.sealed_key and not key:
        destination.sealed_key = ""
    if key or forgets_key:
        destination.sealed_key = keys.seal(key)
    destination.name, destination.system, destination.url = name, system, url.rstrip("/")
    destination.jurisdiction, destination.contact, destination.is_active = jurisdiction, contact, is_active
    try:
        with transaction.atomic():
            destination.save()
    except IntegrityError as error:  # the same name at the same moment
        raise DestinationRefused(_taken(), field="name") from error
    verb = "destination_made" if is_new else "destination_changed"
    activities.record(verb=verb, target=destination, by=by)
    return destination


def _check(destination: Destination, name: str, system: str, url: str) -> None:
    if Destination.objects.filter(name__iexact=name).exclude(pk=destination.pk).exists():
        raise DestinationRefused(_taken(), field="name")
    if destination.pk and system != destination.system:
        raise DestinationRefused(
            _("The kind of system can't be changed. Make another one instead."), field="system"
        )
    try:
        calling.check(url)
    except calling.AddressRefused as refused:
        raise DestinationRefused(refused.message, field="url") from refused


def _taken() -> str:
    return _("There is a system with this name already.")


def _server(url: str) -> str:
    return "/".join(url.split("/", 3)[:3]).lower()


def read_offers(*, destination: Destination, by: User) -> list[Offer]:
    """Ask for its categories now, and keep them for the choice of themes. Refused when it does not answer well.

    That it was asked is in the log, also when it did not answer.
    """
    with _noting_failure("destination_read", destination, by):
        offers, uses_xml = _asked(destination)
    with transaction.atomic():
        rows = Destination.objects.select_for_update().filter(pk=destination.pk)
        rows.update(
            offered=[offer.as_row() for offer in offers], offered_at=timezone.now(), uses_xml=uses_xml
        )
        activities.record(
            verb="destination_read", target=destination, by=by, details={"categories": len(offers)}
        )
    destination.refresh_from_db()
    return offers


def _asked(destination: Destination) -> tuple[list[Offer], bool]:
    try:
        with channels.to(destination) as system:
            offers = system.offers()
            uses_xml = isinstance(system, Open311) and system.uses_xml
    except (Unreached, Declined) as error:
        raise DestinationRefused(error.message) from error
    if not offers:
        raise DestinationRefused(_("It answers, but has no categories. Is the jurisdiction right?"))
    return offers[:MAX_OFFERED], uses_xml


@dataclass(frozen=True)
class Trial:
    """What came of trying a system: how many categories it has, and which themes have one that is gone there."""

    categories: int
    lost: list[str] = field(default_factory=list)


def trial(*, destination: Destination, by: User) -> Trial:
    """See whether it answers, with our key, and still has the categories that themes became.

    Nothing is made there. Refused, and noted, as ``read_offers``.
    """
    with _noting_failure("destination_tried", destination, by):
        offers, _uses_xml = _asked(destination)
        _try_key(destination)
    known = {offer.code for offer in offers}
    chosen = DestinationTheme.objects.filter(destination=destination).select_related("category")
    lost = [theme.category.name for theme in chosen if theme.code not in known]
    activities.record(
        verb="destination_tried",
        target=destination,
        by=by,
        details={"categories": len(offers), "lost": len(lost)},
    )
    return Trial(len(offers), lost)


@contextmanager
def _noting_failure(verb: str, destination: Destination, by: User) -> Iterator[None]:
    try:
        yield
    except DestinationRefused:
        activities.record(verb=verb, target=destination, by=by, details={"failed": True})
        raise


def _try_key(destination: Destination) -> None:
    """The only question for which Open311 wants the key is that for updates, which not every system speaks."""
    now = timezone.now()
    try:
        with channels.to(destination) as system:
            if isinstance(system, Open311) and system.key:
                system.updates(since=now, until=now)
    except Declined as declined:
        if declined.status in (401, 403):
            raise DestinationRefused(declined.message) from declined
    except Unreached as error:
        raise DestinationRefused(error.message) from error


@transaction.atomic
def choose(*, destination: Destination, by: User, codes: Mapping[Category, str]) -> None:
    """Say which category there each theme becomes; an empty code says that this theme does not go there.

    Refused (``DestinationRefused``) for a category that the system did not say to have, save one that stays as it is.
    """
    destination = Destination.objects.select_for_update().get(pk=destination.pk)
    labels = {row["code"]: label_of(row) for row in destination.offered}
    earlier = {theme.category_id: theme for theme in destination.themes.all()}
    for category, code in codes.items():
        before = earlier.get(category.pk)
        if before and before.code == code:
            continue
        if code and code not in labels:
            raise DestinationRefused(
                _("“%(theme)s”: this category is not known there. Read the categories again.")
                % {"theme": category.name}
            )
        if before:
            before.delete()
        if code:
            DestinationTheme.objects.create(
                municipality_id=destination.municipality_id,
                destination=destination,
                category=category,
                code=code,
                label=labels[code],
            )
    activities.record(verb="destination_themes_chosen", target=destination, by=by)


def label_of(row: Mapping[str, str]) -> str:
    """A category there as people read it, with what it is under."""
    return " › ".join(part for part in (row.get("group"), row.get("name")) if part)[:200]


def unmapped(destination: Destination) -> list[Category]:
    """Themes in use that have no category there."""
    has = destination.themes.values("category")
    return list(Category.objects.filter(is_active=True).exclude(pk__in=has))


def listed() -> QuerySet[Destination]:
    """All, each with how many of the themes in use it has and how many reports are there or on their way."""
    return Destination.objects.annotate(
        theme_count=Count("themes", filter=Q(themes__category__is_active=True), distinct=True),
        live_count=Count("forwards", filter=Q(forwards__state__in=sorted(LIVE)), distinct=True),
    )


def in_words(trial: Trial) -> str:
    """What came of it, for who tried."""
    return ngettext(
        "It answers, and has %(n)d category.", "It answers, and has %(n)d categories.", trial.categories
    ) % {"n": trial.categories}
