"""``manage.py load_demo``"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes import scope, scopes_disabled

from trajecten import registry
from trajecten.demo import council, enrolment, loading, meetings, people, promises, requests, searching, sizes
from trajecten.domain import activities
from trajecten.models import Activity

CORE = "trajecten"
# Of the core too, but after the apps: it goes on with what residents said there.
AFTERWARDS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("deelname", enrolment.load),
    ("bijeenkomsten", meetings.load),
    ("toezeggingen", promises.load),
    ("raad", council.load),
    ("zoeken", searching.load),
)
LOADED = "demo_loaded"


class Command(BaseCommand):
    help = gettext_lazy("Load the made-up town Polderwijk, once; in demo mode only.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again",
            action="store_true",
            help=str(gettext_lazy("also go through what was loaded before, and add what is missing")),
        )

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _(
                    "The demo has accounts that anyone can sign in to, so it is loaded in demo mode only (DEMO=1)."
                )
            )
        for app, load in _parts():
            if again or not is_loaded(app):
                self.stderr.write(_("Loading the demo of “%(app)s”…") % {"app": app})
                _load(app, load)
        self.stdout.write(welcome())


def _parts() -> Iterator[tuple[str, Callable[[], None]]]:
    """The core's part, then that of each app, then what the core tells of what was said in them."""
    yield CORE, loading.load
    yield "aanvragen", requests.load
    for app, loader in registry.demos():
        yield app, import_string(loader)
    yield from AFTERWARDS
    for part, loader in registry.later_demos():
        yield part, import_string(loader)


def is_loaded(app: str) -> bool:
    """Whether this part is marked as loaded, in the log of the demo's municipality."""
    with scopes_disabled():
        marks = Activity.objects.filter(verb=LOADED, municipality__code=people.POLDERWIJK)
        return marks.filter(details__app=app).exists()


@transaction.atomic
def _load(app: str, load: Callable[[], None]) -> None:
    """All of a part, or nothing of it. PostgreSQL hears at once how large the tables are now."""
    load()
    sizes.tell()
    if not is_loaded(app):
        municipality = people.municipality(people.POLDERWIJK)
        with scope(municipality=municipality):
            activities.record(verb=LOADED, target=municipality, by=None, details={"app": app})


def welcome() -> str:
    """Who can sign in, and how."""
    rows = [(str(person.what), person.name, person.email) for person in people.PEOPLE]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    lines = [f"  {what:<{widths[0]}}  {name:<{widths[1]}}  {email}" for what, name, email in rows]
    return "\n".join(
        [
            _("These made-up people can sign in:"),
            "",
            *lines,
            "",
            _("Sign in with such an address at %(login)s. The code arrives at %(mailbox)s.")
            % {
                "login": f"{settings.BASE_URL}/account/login/",
                "mailbox": f"{settings.BASE_URL}/postbus/",
            },
        ]
    )
