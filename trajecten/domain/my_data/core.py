"""What the core itself keeps of somebody."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trajecten import registry
from trajecten.domain.my_data.telling import day, moment
from trajecten.domain.telling import inbox, preferences
from trajecten.enums import ErasedWords
from trajecten.models import Consent, Notification, Participant, Verdict
from trajecten.registry import Fact, Kept, PersonalData


def person(participant: Participant) -> Iterator[Kept]:
    """Who somebody is here."""
    yield Kept(
        _("You"),
        (
            Fact("display_name", _("Name"), participant.display_name),
            Fact("email", _("E-mail address"), participant.email),
            Fact("kind", _("You take part as"), participant.get_kind_display()),
            Fact(
                "home_area", _("Neighbourhood"), str(participant.home_area) if participant.home_area else ""
            ),
            Fact("age_band", _("Age"), participant.get_age_band_display()),
            Fact("language", _("Language"), participant.language),
            Fact("since", _("Since"), moment(participant.created_at)),
        ),
    )


def consents(participant: Participant) -> Iterator[Kept]:
    """What somebody agreed to."""
    for consent in Consent.objects.filter(participant=participant).order_by("pk"):
        yield Kept(
            str(consent.get_purpose_display()).capitalize(),
            (
                Fact("purpose", _("What for"), consent.purpose),
                Fact("text_version", _("Version of the text"), consent.text_version),
                Fact("given_by", _("Given by"), consent.given_by),
                Fact("given_at", _("Given on"), moment(consent.given_at)),
                Fact("withdrawn_at", _("Withdrawn on"), moment(consent.withdrawn_at)),
            ),
        )


def mails(participant: Participant) -> Iterator[Kept]:
    """The mails that were sent or wait to be."""
    for row in Notification.objects.filter(participant=participant).order_by("pk"):
        yield Kept(
            f"{_(str(registry.message(row.key).trigger))} ({day(row.created_at)})",
            (
                Fact("message", _("Kind of mail"), row.key),
                Fact("state", _("Status"), row.get_state_display()),
                Fact("owed_at", _("Made on"), moment(row.created_at)),
                Fact("sent_at", _("Sent on"), moment(row.sent_at)),
            ),
        )


def inbox_of(participant: Participant) -> Iterator[Kept]:
    """The messages in the portal that were told to somebody with an account, with the words that they had."""
    for row in inbox.of_participant(participant).order_by("pk"):
        yield Kept(
            row.title,
            (
                Fact("message", _("Kind of message"), row.key),
                Fact("text", _("Text"), row.text),
                Fact("told_at", _("Made on"), moment(row.created_at)),
                Fact("read_at", _("Read on"), moment(row.read_at)),
            ),
        )


def erase_inbox(participant: Participant, words: str) -> None:
    """They hang on the account, so they do not go with the participant by themselves."""
    inbox.of_participant(participant).delete()


def choices(participant: Participant) -> Iterator[Kept]:
    """How often somebody wants to hear of what."""
    names = {category.key: category.name for category in registry.categories()}
    for row in preferences.kept_of(participant).order_by("pk"):
        yield Kept(
            f"{names.get(row.category, row.category)} ({row.get_channel_display()})",
            (
                Fact("category", _("Kind of news"), row.category),
                Fact("channel", _("By"), row.channel),
                Fact("frequency", _("How often"), row.frequency),
            ),
        )


def erase_choices(participant: Participant, words: str) -> None:
    """Also those of the account, once it works for the municipality no more."""
    preferences.kept_of(participant).delete()


def verdicts(participant: Participant) -> Iterator[Kept]:
    """What somebody said of what was done."""
    for verdict in Verdict.objects.filter(participant=participant).order_by("pk"):
        yield Kept(
            _("Is it solved? %(answer)s") % {"answer": verdict.get_value_display()},
            (
                Fact("value", _("Your answer"), verdict.value),
                Fact("words", _("In words"), verdict.words),
                Fact("at", _("When"), moment(verdict.at)),
            ),
        )


def erase_verdicts(participant: Participant, words: str) -> None:
    """The verdict keeps counting. Its words are read by officials only, so they stay only with all words."""
    if words != ErasedWords.ALL:
        Verdict.objects.filter(participant=participant).update(words="")


def erase_nothing(participant: Participant, words: str) -> None:
    """Nothing but the row itself, which goes with the participant."""


PARTS = (
    PersonalData("person", gettext_lazy("Who you are"), (), person, erase_nothing),
    PersonalData("consents", gettext_lazy("What you agreed to"), ("consents",), consents, erase_nothing),
    PersonalData("verdicts", gettext_lazy("What you think of it"), ("verdicts",), verdicts, erase_verdicts),
    PersonalData("mails", gettext_lazy("Mails to you"), ("notifications",), mails, erase_nothing),
    PersonalData("inbox", gettext_lazy("Messages to you in the portal"), (), inbox_of, erase_inbox),
    PersonalData(
        "preferences", gettext_lazy("What you want to hear of"), ("preferences",), choices, erase_choices
    ),
)
