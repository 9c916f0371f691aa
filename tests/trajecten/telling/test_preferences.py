"""How often somebody hears of what: by mail and in the portal, at once, in a digest or never."""

from datetime import datetime, timedelta
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from tests.factories.buurtschouw import AnswerFactory
from tests.factories.core import MunicipalityFactory, ParticipantFactory, PreferenceFactory, UserFactory
from trajecten import registry
from trajecten.domain.telling import delivering, digesting, notify, preferences, unsubscribing
from trajecten.domain.telling.preferences import Choice
from trajecten.enums import Channel, Frequency, NotificationState
from trajecten.models import Notification, Participant, Preference

pytestmark = pytest.mark.usefixtures("english")

KEY = "buurtschouw.supported_closed"
CATEGORY = "my-supports"


@pytest.fixture
def supporter(in_scope: Any) -> Participant:
    return ParticipantFactory()


@pytest.fixture
def choose(in_scope: Any) -> Any:
    def choose(to: Any, frequency: str, channel: str = Channel.EMAIL, category: str = CATEGORY) -> bool:
        return preferences.choose(
            to=to, municipality=in_scope, category=category, channel=channel, frequency=frequency
        )

    return choose


@pytest.fixture
def owe(in_scope: Any, report: Any) -> Any:
    answer = AnswerFactory(report=report)

    def owe(to: Any, delivery_key: str = "one") -> Notification:
        notify.owe(key=KEY, to=to, municipality=in_scope, about=answer, delivery_key=delivery_key)
        delivering.deliver_due()
        return Notification.objects.get(delivery_key=delivery_key)

    return owe


def of(to: Any, municipality: Any) -> Choice:
    return preferences.of(to=to, municipality=municipality, category=CATEGORY)


def test_who_chose_nothing_hears_at_once(supporter: Participant, in_scope: Any) -> None:
    assert of(supporter, in_scope) == Choice("at_once", "at_once")


def test_every_category_of_the_catalogue_that_can_be_stopped_has_a_name() -> None:
    stoppable = {message.category for message in registry.messages() if message.stops}
    assert stoppable == {category.key for category in registry.categories()}


def test_choosing_again_replaces_and_the_same_again_is_nothing(
    supporter: Participant, in_scope: Any, choose: Any
) -> None:
    assert choose(supporter, Frequency.DAILY)
    assert not choose(supporter, Frequency.DAILY)
    assert choose(supporter, Frequency.WEEKLY)
    assert choose(supporter, Frequency.NEVER, Channel.INAPP)
    assert of(supporter, in_scope) == Choice("weekly", "never")
    assert Preference.objects.count() == 2


def test_an_official_chooses_for_each_municipality_apart(
    handler: Any, in_scope: Any, choose: Any, other_municipality: Any
) -> None:
    choose(handler, Frequency.WEEKLY, category="my-work")
    here = preferences.of(to=handler, municipality=in_scope, category="my-work")
    with scope(municipality=other_municipality):
        there = preferences.of(to=handler, municipality=other_municipality, category="my-work")
    assert (here.mail, there.mail) == ("weekly", "at_once")


@pytest.mark.parametrize(
    ("category", "channel", "frequency"),
    [
        ("my-reports", Channel.EMAIL, Frequency.NEVER),
        ("unheard-of", Channel.EMAIL, Frequency.DAILY),
        (CATEGORY, Channel.INAPP, Frequency.DAILY),
    ],
)
def test_what_can_t_be_chosen_is_refused(
    supporter: Participant, choose: Any, category: str, channel: str, frequency: str
) -> None:
    with pytest.raises(preferences.ChoiceRefused):
        choose(supporter, frequency, channel, category)
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("frequency", "now", "moment"),
    [
        ("daily", "2026-11-24 07:59", "2026-11-24 08:00"),
        ("daily", "2026-11-24 08:00", "2026-11-25 08:00"),
        ("weekly", "2026-11-24 07:00", "2026-11-30 08:00"),
        ("weekly", "2026-11-30 07:00", "2026-11-30 08:00"),
        ("weekly", "2026-11-30 09:00", "2026-12-07 08:00"),
        ("daily", "2026-10-24 09:00", "2026-10-25 08:00"),
    ],
)
def test_the_moment_of_the_next_digest(frequency: str, now: str, moment: str) -> None:
    asked, wanted = (timezone.make_aware(datetime.fromisoformat(at)) for at in (now, moment))
    assert preferences.next_moment(frequency, asked) == wanted


# -- What becomes of a message ----------------------------------------------------------------------------------


def test_a_guest_gets_mail_and_has_no_inbox(supporter: Participant, owe: Any) -> None:
    assert owe(supporter).state == NotificationState.SENT
    assert len(mail.outbox) == 1
    assert not Notification.objects.filter(channel=Channel.INAPP).exists()


def test_who_has_an_account_gets_both(in_scope: Any, owe: Any, resident: Any, report: Any) -> None:
    owe(ParticipantFactory(user=resident))
    (item,) = Notification.objects.filter(channel=Channel.INAPP)
    assert (item.user, item.state, item.path) == (resident, "sent", f"/polderwijk/meldingen/{report.pk}/")
    assert item.title == mail.outbox[0].subject
    assert f"{report.pk}, “{report.public_title}”" in item.text


def test_nobody_without_address_and_account_gets_anything(in_scope: Any, owe: Any) -> None:
    row = owe(ParticipantFactory(email=None))
    assert (row.state, row.error, mail.outbox) == ("dropped", "no address", [])
    assert Notification.objects.count() == 1


def test_an_account_without_address_reads_it_in_the_portal(in_scope: Any, owe: Any, resident: Any) -> None:
    row = owe(ParticipantFactory(email=None, user=resident))
    assert (row.state, mail.outbox) == ("dropped", [])
    assert Notification.objects.filter(channel=Channel.INAPP, user=resident).count() == 1


def test_never_by_mail_and_never_in_the_portal(in_scope: Any, owe: Any, resident: Any, choose: Any) -> None:
    mine = ParticipantFactory(user=resident)
    choose(mine, Frequency.NEVER)
    assert owe(mine, "one").error == "not wanted"
    choose(mine, Frequency.NEVER, Channel.INAPP)
    owe(mine, "two")
    keys = Notification.objects.filter(channel=Channel.INAPP).values_list("delivery_key", flat=True)
    assert (list(keys), mail.outbox) == (["one@inapp"], [])


def test_a_mail_that_is_tried_again_is_in_the_inbox_once(in_scope: Any, owe: Any, resident: Any) -> None:
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError()):
        row = owe(ParticipantFactory(user=resident))
    with time_machine.travel(row.due_at + timedelta(seconds=1), tick=False):
        delivering.deliver_due()
    assert len(mail.outbox) == 1
    assert Notification.objects.filter(channel=Channel.INAPP).count() == 1


def test_once_a_day_is_held_and_wanted_at_once_again_comes_at_once(
    supporter: Participant, owe: Any, choose: Any
) -> None:
    choose(supporter, Frequency.WEEKLY)
    row = owe(supporter)
    assert (row.state, row.due_at > timezone.now(), mail.outbox) == ("held", True, [])
    choose(supporter, Frequency.AT_ONCE)
    assert digesting.collect_due() == 1


# -- The pages --------------------------------------------------------------------------------------------------


def test_a_resident_chooses_on_the_page(in_scope: Any, resident: Any, resident_client: Client) -> None:
    page = resident_client.get("/polderwijk/berichten/voorkeuren/").content.decode()
    assert "Reports that you support" in page
    assert "Your work here" not in page
    answer = resident_client.post("/polderwijk/berichten/voorkeuren/", {"my-supports-email": "weekly"})
    assert answer.status_code == 302
    mine = Participant.objects.get(user=resident)
    assert of(mine, in_scope) == Choice("weekly", "never")
    ticked = {"my-supports-email": "daily", "my-supports-inapp": "on"}
    resident_client.post("/polderwijk/berichten/voorkeuren/", ticked)
    assert of(mine, in_scope) == Choice("daily", "at_once")
    resident_client.post("/polderwijk/berichten/voorkeuren/", {"council-email": "never"})
    assert of(mine, in_scope) == Choice("daily", "at_once")


def test_an_official_chooses_about_the_work_too(in_scope: Any, handler: Any, handler_client: Client) -> None:
    handler_client.post("/polderwijk/berichten/voorkeuren/", {"my-work-email": "daily"})
    chosen = preferences.of(to=handler, municipality=in_scope, category="my-work")
    assert chosen.mail == "daily"


def test_what_is_no_choice_is_refused_beside_the_field(in_scope: Any, resident_client: Client) -> None:
    answer = resident_client.post("/polderwijk/berichten/voorkeuren/", {"my-supports-email": "hourly"})
    assert answer.status_code == 422
    assert "This choice does not exist" in answer.content.decode()
    assert not Preference.objects.exists()


def test_a_guest_chooses_by_the_link_in_the_mail(
    client: Client, supporter: Participant, in_scope: Any, owe: Any
) -> None:
    owe(supporter)
    link = unsubscribing.preferences_url(participant=supporter, municipality=in_scope)
    assert link in mail.outbox[0].body
    page = client.get(urlsplit(link).path)
    assert "noindex" in page["X-Robots-Tag"]
    assert supporter.email not in page.content.decode()
    client.post(urlsplit(link).path, {"my-supports-email": "daily"})
    assert of(supporter, in_scope).mail == "daily"


def test_a_link_that_was_not_made_here_leads_nowhere(
    client: Client, supporter: Participant, in_scope: Any
) -> None:
    stop = unsubscribing.url(participant=supporter, municipality=in_scope, category=CATEGORY)
    token = stop.rstrip("/").rpartition("/")[2]
    assert client.get(f"/polderwijk/berichten/voorkeuren/{token}/").status_code == 404


def test_letting_mail_come_again_brings_the_usual_frequency_back(
    supporter: Participant, in_scope: Any
) -> None:
    unsubscribing.stop(participant=supporter, category="my-supports+my-work")
    assert unsubscribing.is_stopped(supporter, "my-supports+my-work")
    unsubscribing.resume(participant=supporter, category="my-supports")
    assert of(supporter, in_scope).mail == "at_once"
    assert unsubscribing.is_stopped(supporter, "my-work")


def test_all_choices_are_one_query(
    supporter: Participant, in_scope: Any, django_assert_num_queries: Any
) -> None:
    PreferenceFactory(participant=supporter, frequency="daily")
    PreferenceFactory(participant=ParticipantFactory(user=UserFactory()))
    MunicipalityFactory(other=True)
    with django_assert_num_queries(1):
        found = preferences.all_of(to=supporter, municipality=in_scope, categories=registry.categories())
    assert found[CATEGORY] == Choice("daily", "at_once")
