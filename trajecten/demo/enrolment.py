"""Who takes part in the walks of Polderwijk: everybody came in by one of the four ways, and Westerkoog is missing."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone, translation
from django_scopes import scope

from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain import participants
from trajecten.domain.enrolment import inviting, joining, leaving, room
from trajecten.domain.enrolment.joining import Introduction
from trajecten.models import Area, Enrolment, Invitation, Trajectory, User

COORDINATOR = "coordinator.polderwijk"


@dataclass(frozen=True)
class Guest:
    """Somebody made up. ``way`` is mail, poster, self or paper; without an ``address`` only on paper."""

    name: str
    way: str
    home: str
    kind: str = "resident"
    role: str = "member"
    address: str = ""

    @property
    def email(self) -> str:
        return f"{self.address}@{people.DOMAIN}" if self.address else ""


def _several(way: str, *rows: tuple[str, str]) -> tuple[Guest, ...]:
    """Members who came in the same way: name and home."""
    return tuple(
        Guest(name, way, home, address="" if way == "paper" else f"mee.{name.lower().replace(' ', '')}")
        for name, home in rows
    )


OOSTPOLDER = (
    Guest("Jannes Veldhoen", "mail", "BU99010200", role="core_group", address="mee.jannes"),
    Guest("Sefa Kromhout", "mail", "BU99010201", role="core_group", address="mee.sefa"),
    Guest("Wijkwerker Roos", "mail", "BU99010202", kind="professional", role="observer", address="mee.roos"),
    *_several("poster", ("Piet", "BU99010200"), ("Amina", "BU99010202"), ("Loes", "BU99010202")),
    *_several("paper", ("Mevrouw Jansma", "BU99010201"), ("De heer Okkerse", "BU99010200")),
    *_several("self", ("Karin", "BU99010201"), ("Daan", "BU99010202"), ("Nadia", "BU99010000")),
    *_several("self", ("Teun", "BU99010100"), ("Fatma", "BU99010102"), ("Ed", "BU99010003")),
)
LINDE = (
    Guest("Corrie Hoekman", "mail", "BU99010100", role="core_group", address="mee.corrie"),
    Guest("Bakkerij De Meent", "mail", "BU99010101", kind="entrepreneur", address="mee.bakkerij"),
    *_several("poster", ("Hans", "BU99010100"), ("Yara", "BU99010100"), ("Iris", "BU99010101")),
    *_several("poster", ("Omar", "BU99010101"), ("Gerda", "BU99010102"), ("Bram", "BU99010102")),
    *_several("paper", ("Mevrouw Pool", "BU99010100"), ("Mevrouw Baars", "BU99010102")),
    *_several("self", ("Lotte", "BU99010000"), ("Kees", "BU99010001"), ("Mo", "BU99010002")),
    *_several("self", ("Anneke", "BU99010003"), ("Ruud", "BU99010000"), ("Zoë", "BU99010002")),
    *_several("self", ("Vera", "BU99010101"), ("Wim", "BU99010202")),
)
# Title, who takes part, the most members, where the poster hangs, and how many days ago it began.
GROUPS = (
    ("Schouw De Linde", LINDE, None, "Buurthuis De Linde", 70),
    ("Schouw Oostpolder", OOSTPOLDER, 9, "Supermarkt aan de Kompasstraat", 24),
)


def load() -> None:
    """Add who takes part in each walk, unless somebody does already."""
    polderwijk = people.municipality(people.POLDERWIJK)
    past = Past()
    with translation.override("nl"), scope(municipality=polderwijk):
        for title, guests, most, poster, days in GROUPS:
            trajectory = Trajectory.objects.get(title=title)
            if not Enrolment.objects.filter(trajectory=trajectory).exists():
                began = timezone.now() - timedelta(days=days)
                _fill(past, _Group(trajectory, poster, most), guests, began)
    past.forget_mail()


class _Group:
    """The people of one trajectory, and how they come in."""

    def __init__(self, trajectory: Trajectory, poster: str, most: int | None) -> None:
        self.trajectory, self.where, self.most = trajectory, poster, most
        self.coordinator: User = people.account(COORDINATOR)

    def open(self) -> None:
        """Everybody may sign up, a poster hangs, and Saida leads the group."""
        self.trajectory = room.arrange(
            trajectory=self.trajectory, is_open=True, max_members=self.most, by=self.coordinator
        )
        self.poster = inviting.make_poster(
            trajectory=self.trajectory,
            label=self.where,
            role="member",
            expires_at=timezone.now() + timedelta(days=120),
            by=self.coordinator,
        )
        saida = participants.of_user(
            municipality=self.trajectory.municipality, user=people.account("bewoner")
        )
        mine = joining.sign_up(trajectory=self.trajectory, participant=saida, about=Introduction())
        leaving.change_role(enrolment=mine, role="facilitator", by=self.coordinator)

    def come(self, guest: Guest) -> None:
        home = Area.objects.filter(code=guest.home).order_by("-year").first()
        about = Introduction(guest.name, guest.kind, home)
        ways: dict[str, Callable[..., object]] = {
            "mail": partial(self._by_mail, guest),
            "poster": partial(
                joining.accept_as_guest, invitation=self.poster, email=guest.email, language="nl"
            ),
            "self": partial(
                joining.sign_up_as_guest, trajectory=self.trajectory, email=guest.email, language="nl"
            ),
            "paper": partial(
                joining.register_on_paper,
                trajectory=self.trajectory,
                key=uuid.uuid4(),
                email="",
                role=guest.role,
                by=self.coordinator,
            ),
        }
        ways[guest.way](about=about)

    def _by_mail(self, guest: Guest, *, about: Introduction) -> None:
        inviting.invite(
            trajectory=self.trajectory, addresses=[guest.email], role=guest.role, by=self.coordinator
        )
        invitation = Invitation.objects.get(trajectory=self.trajectory, participant__email=guest.email)
        joining.accept(invitation=invitation, participant=invitation.participant, about=about)

    def invite_who_has_not_answered(self) -> None:
        addresses = [f"gast{number}@{people.DOMAIN}" for number in range(1, 4)]
        inviting.invite(trajectory=self.trajectory, addresses=addresses, role="member", by=self.coordinator)


def _fill(past: Past, group: _Group, guests: tuple[Guest, ...], began: datetime) -> None:
    for at, act in _acts(group, guests, began):
        with past.at(at):
            act()


def _acts(
    group: _Group, guests: tuple[Guest, ...], began: datetime
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """What happens, evenly from the beginning until yesterday."""
    yield began, group.open
    each = (timezone.now() - timedelta(days=1) - began) / (len(guests) + 1)
    for number, guest in enumerate(guests, start=1):
        yield began + number * each, partial(group.come, guest)
    yield began + (len(guests) + 1) * each, group.invite_who_has_not_answered
