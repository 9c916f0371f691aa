"""The municipalities of the demo, who works there, and who lives there. All of them are made up."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from trajecten.demo import town
from trajecten.domain import boundaries, participants
from trajecten.enums import AreaKind, ParticipantKind, Role
from trajecten.models import Area, Municipality, Participant, StaffRole, Team, User

DOMAIN = "example.org"
POLDERWIJK, VEENRADE = "GM9901", "GM9902"

TEAMS = {
    POLDERWIJK: ("Openbare ruimte", "Groen", "Verkeer", "Wijkteam"),
    VEENRADE: ("Buitendienst",),
}

SETTINGS = {
    POLDERWIJK: {"theme": {"accent": "#0b5351", "sun": "#f4b942"}, "service_level_days": 5},
    VEENRADE: {"theme": {"accent": "#2f3e7e", "sun": "#f2a65a"}, "service_level_days": 8},
}


@dataclass(frozen=True)
class Person:
    """Somebody with an account. ``address`` is the part before the @; ``home`` the code of a buurt."""

    address: str
    name: str
    what: str | Promise
    municipality: str = ""
    role: str = ""
    teams: tuple[str, ...] = ()
    is_adviser: bool = False
    is_superuser: bool = False
    kind: str = ""
    home: str = ""

    @property
    def email(self) -> str:
        return f"{self.address}@{DOMAIN}"


PEOPLE = (
    Person("beheer", "Beheerder van het portaal", _("Administrator"), is_superuser=True),
    Person("adviseur", "Marit Oudenhoven", _("Adviser"), is_adviser=True),
    Person("adviseur2", "Kwabena Dijkgraaf", _("Adviser"), is_adviser=True),
    Person("coordinator.polderwijk", "Ilham Tervoort", _("Coordinator"), POLDERWIJK, Role.COORDINATOR),
    Person(
        "behandelaar.polderwijk",
        "Wiebe Aksoyer",
        _("Handler"),
        POLDERWIJK,
        Role.HANDLER,
        ("Openbare ruimte",),
    ),
    Person("groen.polderwijk", "Fenna Rambaran", _("Handler"), POLDERWIJK, Role.HANDLER, ("Groen",)),
    Person(
        "verkeer.polderwijk",
        "Noureddin Plassman",
        _("Handler"),
        POLDERWIJK,
        Role.HANDLER,
        ("Verkeer", "Wijkteam"),
    ),
    Person("griffier.polderwijk", "Hester Manuputtij", _("Council clerk"), POLDERWIJK, Role.CLERK),
    Person(
        "bewoner",
        "Saida Brinkhorst",
        _("Resident"),
        POLDERWIJK,
        kind=ParticipantKind.RESIDENT,
        home="BU99010200",
    ),
    Person(
        "bewoner2",
        "Ruben Toekomst",
        _("Entrepreneur"),
        POLDERWIJK,
        kind=ParticipantKind.ENTREPRENEUR,
        home="BU99010101",
    ),
    Person("coordinator.veenrade", "Tjitske Overbeke", _("Coordinator"), VEENRADE, Role.COORDINATOR),
    Person(
        "behandelaar.veenrade", "Delano Graswinkel", _("Handler"), VEENRADE, Role.HANDLER, ("Buitendienst",)
    ),
)


def load() -> None:
    """Make what is not there yet: municipalities with their areas, accounts, roles, teams and participants."""
    boundaries.load_municipalities(source=str(town.boundaries_path("municipalities")))
    for kind, file in ((AreaKind.WIJK, "wijken"), (AreaKind.BUURT, "buurten")):
        boundaries.load_areas(source=str(town.boundaries_path(file)), municipality=POLDERWIJK, kind=kind)
    for code in SETTINGS:
        _settle(municipality(code))
    for person in PEOPLE:
        _welcome(person)


def municipality(code: str) -> Municipality:
    return Municipality.objects.get(code=code)


def account(address: str) -> User:
    """The user with this address, given without the domain. Raises ``User.DoesNotExist`` for a stranger."""
    return User.objects.get(email=f"{address}@{DOMAIN}")


def _settle(municipality: Municipality) -> None:
    """Open the portal of a municipality, in its own colours and on its own map."""
    municipality.is_participating = True
    municipality.theme = SETTINGS[municipality.code]["theme"]
    municipality.service_level_days = SETTINGS[municipality.code]["service_level_days"]
    municipality.contact_email = f"gemeente.{municipality.slug}@{DOMAIN}"
    municipality.contact_url = f"https://{municipality.slug}.{DOMAIN}"
    _draw_background(municipality)
    municipality.save()
    with scope(municipality=municipality):
        for name in TEAMS[municipality.code]:
            Team.objects.get_or_create(municipality=municipality, name=name)


def _draw_background(municipality: Municipality) -> None:
    """The map of the made-up town; a file that is the same already stays as it is."""
    drawing = town.basemap_path().read_bytes()
    if municipality.background:
        with municipality.background.open("rb") as file:
            if file.read() == drawing:
                return
        municipality.background.delete(save=False)
    municipality.background.save(f"{municipality.slug}.geojson", ContentFile(drawing), save=False)


def _welcome(person: Person) -> None:
    """An account that can sign in at once, with its roles, teams and place among the residents."""
    user, _made = User.objects.get_or_create(
        email=person.email,
        defaults={
            "name": person.name,
            "is_adviser": person.is_adviser,
            "is_staff": person.is_superuser,
            "is_superuser": person.is_superuser,
            "password": make_password(None),  # signing in goes by a code
        },
    )
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if person.municipality:
        _place(person, user, municipality(person.municipality))


def _place(person: Person, user: User, where: Municipality) -> None:
    with scope(municipality=where):
        if person.role:
            StaffRole.objects.get_or_create(user=user, municipality=where, role=person.role)
        for name in person.teams:
            Team.objects.get(name=name).members.add(user)
        if person.kind:
            participant = participants.of_user(municipality=where, user=user)
            home = Area.objects.filter(code=person.home).order_by("-year").first()
            Participant.objects.filter(pk=participant.pk).update(kind=person.kind, home_area=home)
