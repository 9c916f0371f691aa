"""Every trajectory app registers its method and its messages here, once, when Django starts."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from trajecten.enums import Frequency, Moderation
from trajecten.method import Method
from trajecten.offer import Offer


@dataclass(frozen=True)
class Placeholder:
    """What a municipality may write as ``{name}`` in its own words of a message.

    ``value`` makes what stands there from the context of the templates; ``sample`` is for the preview.
    """

    name: str
    meaning: str | Promise
    value: Callable[[Mapping[str, Any]], object]
    sample: str


@dataclass(frozen=True)
class Category:
    """A kind of news that somebody can choose how often to hear of.

    ``mail`` is how often it is mailed to who chose nothing. ``for_staff`` are those of officials.
    """

    key: str
    name: str | Promise
    mail: Frequency = Frequency.AT_ONCE
    for_staff: bool = False


@dataclass(frozen=True)
class Message:
    """One message of the catalogue: who gets it, what triggers it, and what its templates need.

    The templates are ``mail/<app>/<key>.subject.txt``, ``.txt`` and ``.html``. ``context`` makes their
    context from the notification row at the moment of sending; it raises ``NothingToSay`` when the
    message has lost its meaning by then. ``stops`` says, after "mail about", what a participant stops with
    the link below it: everything of its ``category``. A message without it has no such link, and is always sent at
    once. ``target`` names the entry of the context that holds the address of what it is about, for the inbox and
    for digests; ``in_portal`` says whether it comes in the inbox. ``placeholders`` are what a municipality may use in
    its own words, beside ``{gemeente}``.
    ``from_portal``: it comes from the advisers, not from a municipality, so the portal is its sender.
    """

    key: str
    app: str
    audience: str | Promise
    trigger: str | Promise
    category: str
    context: Callable[[Any], Mapping[str, Any]]
    stops: str | Promise = ""
    target: str = ""
    in_portal: bool = True
    same_for_all: bool = False
    placeholders: tuple[Placeholder, ...] = ()
    from_portal: bool = False

    @property
    def template(self) -> str:
        return f"mail/{self.app}/{self.key.partition('.')[2]}"


class NothingToSay(Exception):
    """What the message was about is gone or overtaken; it is dropped, with this as the reason."""


@dataclass(frozen=True)
class Way:
    """Something a resident can do now, on the front page of the municipality. Lower ``rank`` comes first."""

    title: str
    text: str
    url: str
    icon: str = ""
    rank: int = 100


@dataclass(frozen=True)
class Result:
    """What became of something that was said: a card with the chain. ``at`` orders them, newest first."""

    kicker: str
    title: str
    url: str
    chain: tuple[Any, ...]
    at: Any


@dataclass(frozen=True)
class Wait:
    """Something that waits for one person, on "my overview", with the one thing to do about it.

    ``action`` is the text of its button, ``url`` a path, ``when`` a day in words. ``since`` and ``until`` order them:
    what ends soonest comes first, then what waits longest.
    """

    kicker: str
    title: str
    url: str
    action: str
    when: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Pages:
    """What an app adds to the shared pages. Each function gets the municipality, ``mine`` a participant too.

    ``desk`` gets the roles that an official has there, and gives the path of the page on which their work lies, or
    an empty one.
    """

    ways: Callable[[Any], Iterable[Way]]
    results: Callable[[Any], Iterable[Result]]
    mine: Callable[[Any, Any], Iterable[Result]]
    desk: Callable[[Any, Collection[str]], str]


@dataclass(frozen=True)
class Standing:
    """How one trajectory stands now.

    ``url`` is the path of its own page for staff, ``facts`` is what the gates of its method look at,
    ``overdue`` the number of answers and promises over their term, and ``overdue_url`` the path of their list.
    ``public_url`` is the path of the method's own page for residents, where it has one.
    """

    url: str
    facts: Any
    overdue: int
    overdue_url: str = ""
    public_url: str = ""


@dataclass(frozen=True)
class RegisteredMethod:
    """A method with the function that reads how its trajectories stand, by their primary keys, and what is offered.

    The function takes trajectories of this method only, of any number of municipalities, and asks the
    database the same number of times for one as for many.
    """

    method: Method
    standings: Callable[[Iterable[Any]], Mapping[int, Standing]]
    offer: Offer | None = None


@dataclass(frozen=True)
class Month:
    """Of what came in during one month (its first day): answered in time, answered too late or waiting over time."""

    first_day: date
    in_time: int
    late: int


@dataclass(frozen=True)
class Service:
    """How an app answers people against its service level, over the last twelve months, oldest month first.

    What still waits within its term is in neither number of its month. ``url`` is the list of what waits.
    """

    name: str | Promise
    months: tuple[Month, ...]
    waiting: int
    overdue: int
    url: str

    @property
    def in_time(self) -> int:
        return sum(month.in_time for month in self.months)

    @property
    def late(self) -> int:
        return sum(month.late for month in self.months)


@dataclass(frozen=True)
class ContributionKind:
    """What the core knows of one kind of contribution: enough to tie a promise to it, moderate, follow and export it.

    ``model`` is a subclass of ``trajecten.models.Contribution``. ``load`` gives the rows with these keys, with all
    that the functions below read, in a number of queries that does not grow with them. ``title`` is for who may read
    the words, ``public_title`` for everybody; the addresses are paths: of the public page, of the page of staff, and
    of the page on which the author follows it. ``behind`` are the participants with something at stake in these
    rows, the author and who supports it, as a query.
    """

    model: type[Any]
    name: str | Promise
    load: Callable[[Collection[int]], Mapping[int, Any]]
    title: Callable[[Any], str]
    public_title: Callable[[Any], str]
    public_url: Callable[[Any], str]
    staff_url: Callable[[Any], str]
    own_url: Callable[[Any], str]
    behind: Callable[[Collection[int]], Any]


@dataclass(frozen=True)
class Followable:
    """A kind of thing that can be followed. ``load`` gives the rows with these keys, with all that the other
    functions read, in a number of queries that does not grow with them; ``url`` gives the path of its public page,
    and ``is_public`` says whether somebody may begin to follow it.
    """

    model: type[Any]
    name: str | Promise
    load: Callable[[Collection[int]], Mapping[int, Any]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    is_public: Callable[[Any], bool] = lambda thing: True


@dataclass(frozen=True)
class Fact:
    """One thing that we know: ``key`` for programs, ``label`` for people; the value is text, a number or None."""

    key: str
    label: str | Promise
    value: str | int | float | bool | None


@dataclass(frozen=True)
class Kept:
    """Something that is kept of somebody, with the photos (``Attachment``) that belong to it."""

    title: str
    facts: tuple[Fact, ...]
    photos: tuple[Any, ...] = ()


@dataclass(frozen=True)
class PersonalData:
    """One part of what is kept of a participant, of an app.

    ``key`` is its name in the export. ``relations`` are the names of the relations to ``Participant`` that it tells
    of; those that no part names are told in a plain form. ``export`` gets the participant. ``erase`` gets the
    participant and which words may stay (``enums.ErasedWords``); it removes words and photos, in the transaction of
    the erasure. Afterwards the core lets go of every relation: by its ``on_delete`` a row goes, becomes nobody's, or
    stays with a participant who is nobody any more.
    """

    key: str
    name: str | Promise
    relations: tuple[str, ...]
    export: Callable[[Any], Iterable[Kept]]
    erase: Callable[[Any, str], None]


@dataclass(frozen=True)
class RetentionRule:
    """How long one kind of record is kept. ``days`` unless the municipality says otherwise.

    ``due`` gives the rows of the municipality in scope whose term began before a moment, the earliest first, with
    ``since`` (when it began). ``apply`` deletes or anonymises some of them, within a transaction in which they are
    locked, so that they are not due any more.
    """

    key: str
    name: str | Promise
    what_goes: str | Promise
    days: int
    due: Callable[[Any], Any]
    apply: Callable[[Collection[Any]], None]


@dataclass(frozen=True)
class OpenWork:
    """Work that lies with one official, of an app. ``count`` gets the official, ``hand_over`` whom it goes to as well.

    ``needs_owner`` tells that it can't be nobody's; then ``hand_over`` always gets somebody. Both work within the
    municipality in scope; ``hand_over(official, to=…, by=…)`` within the transaction of who takes the roles away.
    """

    key: str
    name: str | Promise
    count: Callable[[Any], int]
    hand_over: Callable[..., None]
    needs_owner: bool = False


_methods: dict[str, RegisteredMethod] = {}
_open_work: dict[str, OpenWork] = {}
_personal_data: dict[str, PersonalData] = {}
_retention: dict[str, RetentionRule] = {}
_agreed: dict[str, Callable[[Any], None]] = {}
_unions: dict[type[Any], Callable[..., None]] = {}
_contributions: dict[type[Any], ContributionKind] = {}
_messages: dict[str, Message] = {}
_categories: dict[str, Category] = {}
_followables: dict[type[Any], Followable] = {}
_pages: dict[str, Pages] = {}
_services: dict[str, Callable[[Any], Service]] = {}
_waits: dict[str, Callable[[Any, Any], Iterable[Wait]]] = {}
_demos: dict[str, str] = {}
_scales: dict[str, str] = {}


def register_method(
    method: Method,
    *,
    standings: Callable[[Iterable[Any]], Mapping[int, Standing]],
    offer: Offer | None = None,
) -> None:
    """Register a method with the function that reads how its trajectories stand (``RegisteredMethod``).

    Without an ``offer`` it is not in the catalogue. Raises ValueError when the key is taken by another method.
    """
    known = _methods.get(method.key)
    if known and known.method is not method:
        raise ValueError(f"Method {method.key} is registered twice.")
    _methods[method.key] = RegisteredMethod(method, standings, offer)


def register_agreed(key: str, begin: Callable[[Any], None]) -> None:
    """Register what the method's app makes of its own when a trajectory has been agreed, in that transaction."""
    _agreed[key] = begin


def agreed(trajectory: Any) -> None:
    """Let the app of the method make what it needs for a trajectory that has just been agreed."""
    if trajectory.method_key in _agreed:
        _agreed[trajectory.method_key](trajectory)


def register_messages(messages: Iterable[Message]) -> None:
    """Register an app's catalogue of messages. Raises ValueError for a key that is taken."""
    for message in messages:
        known = _messages.get(message.key)
        if known and known is not message:
            raise ValueError(f"Message {message.key} is registered twice.")
        _messages[message.key] = message


def register_categories(categories: Iterable[Category]) -> None:
    """Register kinds of news. Raises ValueError for a key that is taken."""
    for category in categories:
        known = _categories.get(category.key)
        if known and known is not category:
            raise ValueError(f"Category {category.key} is registered twice.")
        _categories[category.key] = category


def register_followables(followables: Iterable[Followable]) -> None:
    """Register what can be followed, beside contributions, which all can. Raises ValueError for a model twice."""
    for followable in followables:
        known = _followables.get(followable.model)
        if known and known is not followable:
            raise ValueError(f"{followable.model.__name__} is registered twice.")
        _followables[followable.model] = followable


def register_pages(app: str, pages: Pages) -> None:
    """Register what an app adds to the front page and to "my overview"."""
    _pages[app] = pages


def register_waits(app: str, waits: Callable[[Any, Any], Iterable[Wait]]) -> None:
    """Register the function that tells what of an app waits for a participant, for "my overview".

    It gets the municipality and the participant, and asks the database the same number of times for one as for many.
    """
    _waits[app] = waits


def register_service(app: str, service: Callable[[Any], Service]) -> None:
    """Register the function that counts how an app answers people of a municipality, in a fixed number of queries."""
    _services[app] = service


def register_contributions(kinds: Iterable[ContributionKind]) -> None:
    """Register the kinds of contribution of an app. Raises ValueError for a model that has one already."""
    for kind in kinds:
        known = _contributions.get(kind.model)
        if known and known is not kind:
            raise ValueError(f"{kind.model.__name__} is registered twice.")
        _contributions[kind.model] = kind


def register_personal_data(parts: Iterable[PersonalData]) -> None:
    """Register what an app keeps of people. Raises ValueError for a key that is taken."""
    for part in parts:
        if _personal_data.setdefault(part.key, part) is not part:
            raise ValueError(f"Personal data {part.key} is registered twice.")


def register_retention(rules: Iterable[RetentionRule]) -> None:
    """Register how long an app keeps its records. Raises ValueError for a key that is taken."""
    for rule in rules:
        if _retention.setdefault(rule.key, rule) is not rule:
            raise ValueError(f"Retention {rule.key} is registered twice.")


def register_open_work(kinds: Iterable[OpenWork]) -> None:
    """Register what work of an app can lie with one official. Raises ValueError for a key that is taken."""
    for kind in kinds:
        if _open_work.setdefault(kind.key, kind) is not kind:
            raise ValueError(f"Open work {kind.key} is registered twice.")


def register_union(model: type[Any], unite: Callable[..., None]) -> None:
    """Register what happens when a guest becomes a participant who has the same row already.

    ``unite(key=, into=)`` gets the key of the guest's row, which a unique constraint keeps from being handed over,
    and the participant; what it leaves of that row goes with the guest.
    """
    _unions[model] = unite


def register_demo(app: str, loader: str) -> None:
    """Register what an app adds to the demo: the dotted name of a function without arguments.

    It is imported only when the demo is loaded (``manage.py load_demo``), after the core's own part. It
    adds what is not there yet, so that calling it again changes nothing.
    """
    _demos[app] = loader


def register_scale(app: str, loader: str) -> None:
    """Register what an app adds to the country that is measured with: the dotted name of a function.

    It is called for each municipality with a ``trajecten.scale.country.Town``, within its transaction and scope.
    """
    _scales[app] = loader


def scales() -> tuple[tuple[str, str], ...]:
    """Apps and the dotted names of their parts of the measured country, in the order of registration."""
    return tuple(_scales.items())


def demos() -> tuple[tuple[str, str], ...]:
    """Apps and the dotted names of their loaders, in the order in which they were registered."""
    return tuple(_demos.items())


def services(municipality: Any) -> tuple[Service, ...]:
    """How each app answers people in this municipality, counted now."""
    return tuple(service(municipality) for service in _services.values())


def waits(municipality: Any, participant: Any) -> list[Wait]:
    """All that waits for this participant in this municipality, in no order."""
    return [wait for of_app in _waits.values() for wait in of_app(municipality, participant)]


def personal_data() -> tuple[PersonalData, ...]:
    """Every part of what is kept of people, in the order in which they were registered."""
    return tuple(_personal_data.values())


def retention() -> tuple[RetentionRule, ...]:
    """How long every kind of record is kept, in the order in which they were registered."""
    return tuple(_retention.values())


def open_work() -> tuple[OpenWork, ...]:
    """Every kind of work that can lie with one official, in the order in which they were registered."""
    return tuple(_open_work.values())


def contribution_kinds() -> tuple[ContributionKind, ...]:
    """Every kind of contribution, in the order in which they were registered."""
    return tuple(_contributions.values())


def contribution_kind(model: type[Any]) -> ContributionKind:
    """The kind of contribution that this model is. Raises KeyError when no app registered it."""
    return _contributions[model]


def contribution_kind_of(label: str) -> ContributionKind:
    """The kind with this label, such as "buurtschouw.report". Raises KeyError when no app registered it."""
    for model, kind in _contributions.items():
        if model._meta.label_lower == label:
            return kind
    raise KeyError(label)


def union(model: type[Any]) -> Callable[..., None] | None:
    """What unites two rows of this model (``register_union``); None where the participant's own row simply stays."""
    return _unions.get(model)


def pages() -> tuple[Pages, ...]:
    """What the apps add to the shared pages, in the order in which they were registered."""
    return tuple(_pages.values())


def method(key: str) -> Method:
    """The method with this key. Raises KeyError when no app registered it."""
    return _methods[key].method


def facts(key: str, trajectory: Any) -> Any:
    """What the gates of the method look at, for this trajectory, read from the database now.

    Raises KeyError when no app registered the method.
    """
    return standings(key, [trajectory])[trajectory.pk].facts


def standings(key: str, trajectories: Iterable[Any]) -> Mapping[int, Standing]:
    """How these trajectories of one method stand now, by primary key. Raises KeyError for an unknown method."""
    return _methods[key].standings(trajectories)


def message(key: str) -> Message:
    """The message with this key. Raises KeyError when it is not in the catalogue."""
    return _messages[key]


def stops(category: str) -> str:
    """What one stops with mail of this category, in words. Raises KeyError when it can't be stopped."""
    found = next(
        (known.stops for known in _messages.values() if known.category == category and known.stops), ""
    )
    if not found:
        raise KeyError(category)
    return str(found)


def can_be_stopped(category: str) -> bool:
    """Whether anybody may choose how often to hear of this category."""
    return any(known.category == category and known.stops for known in _messages.values())


def category(key: str) -> Category:
    """The category with this key. Raises KeyError when it is not registered."""
    return _categories[key]


def categories() -> tuple[Category, ...]:
    """The categories that one can choose about, in the order in which they were registered."""
    return tuple(known for known in _categories.values() if can_be_stopped(known.key))


def followable(model: type[Any]) -> Followable:
    """How things of this model are followed. Raises KeyError when they can't be."""
    if model in _followables:
        return _followables[model]
    kind = _contributions[model]
    return Followable(
        model,
        kind.name,
        kind.load,
        kind.public_title,
        kind.public_url,
        lambda row: row.moderation != Moderation.HIDDEN,
    )


def followables() -> tuple[Followable, ...]:
    """Everything that can be followed."""
    return tuple(followable(model) for model in (*_followables, *_contributions))


def methods() -> tuple[Method, ...]:
    """The methods that are registered, in the order in which that was done."""
    return tuple(registered.method for registered in _methods.values())


def offers() -> tuple[tuple[Method, Offer], ...]:
    """The catalogue: the methods that are offered, each with what is told of it."""
    return tuple((entry.method, entry.offer) for entry in _methods.values() if entry.offer)


def messages() -> tuple[Message, ...]:
    """The whole catalogue, by app and key."""
    return tuple(sorted(_messages.values(), key=lambda entry: (entry.app, entry.key)))
