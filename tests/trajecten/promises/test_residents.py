"""A promise that a resident keeps: on the own overview, told about by the resident, and read by others afterwards."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.factories.core import AttachmentFactory, CommitmentFactory, ParticipantFactory
from tests.mails import composed
from trajecten.domain import consents
from trajecten.domain.my_data import erasing, promising
from trajecten.domain.overview import waiting
from trajecten.domain.overview.mine import Mine
from trajecten.domain.promises import asking, changing, handing_over, making, reminding, residents, turns
from trajecten.domain.promises.refusals import CommitmentChanged, PromiseRefused
from trajecten.models import Attachment, Commitment, Notification
from trajecten.transitions import TransitionRefused

pytestmark = pytest.mark.usefixtures("english")
OVERVIEW = "/polderwijk/overzicht/"
TODAY = timezone.localdate()
KEY = "0b2ac9d0-3c3e-4d0e-9a5f-0a1a4c1d7c11"


@pytest.fixture
def me(in_scope: Any, resident: Any) -> Any:
    return ParticipantFactory(user=resident, email=resident.email, display_name="Riet Overstegen")


@pytest.fixture
def promise(report: Any, handler: Any, me: Any) -> Commitment:
    return making.promise_for(
        trajectory=report.trajectory, origins=[], text="Ik geef de bomen water.",
        deadline=TODAY + timedelta(days=30), owner_participant=me, by=handler,
    )  # fmt: skip


def url(promise: Commitment) -> str:
    return f"{OVERVIEW}beloofd/{promise.pk}/"


def public(promise: Commitment) -> str:
    return Client().get(f"/polderwijk/beloofd-en-gedaan/{promise.pk}/").content.decode()


def given(promise: Commitment, **fields: Any) -> dict[str, Any]:
    promise.refresh_from_db()
    return {"version": promise.version, "key": KEY, "status": "", "words": "", **fields}


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    file.seek(0)
    file.name = "foto.jpg"
    return file


# -- Where it is found ------------------------------------------------------------------------------------------


def test_what_one_promised_stands_on_the_overview(
    resident_client: Client, promise: Commitment, me: Any
) -> None:
    CommitmentFactory(text="Van een ander.", owner=None, owner_participant=ParticipantFactory())
    page = resident_client.get(OVERVIEW).content.decode()
    assert "What you promised" in page
    assert url(promise) in page
    assert f"{url(promise)}?status=done#tell" in page
    assert "Van een ander." not in page


def test_who_promised_nothing_sees_no_such_part(resident_client: Client, me: Any) -> None:
    assert "What you promised" not in resident_client.get(OVERVIEW).content.decode()


def test_what_is_over_stays_a_while_below_what_is_open(promise: Commitment, me: Any, handler: Any) -> None:
    long_ago, lately = (
        CommitmentFactory(
            owner=None, owner_participant=me, status="done", closed_at=timezone.now() - timedelta(days=days)
        )
        for days in (residents.OVER_FOR.days + 1, 1)
    )
    sooner = CommitmentFactory(owner=None, owner_participant=me)
    assert residents.kept_by(me) == [sooner, promise, lately]
    assert long_ago.is_claimed


@pytest.mark.parametrize(("days", "waits"), [(-3, True), (0, True), (7, True), (8, False)])
def test_it_waits_when_it_is_late_or_due_within_a_week(
    promise: Commitment, me: Any, in_scope: Any, days: int, waits: bool
) -> None:
    Commitment.objects.update(deadline=TODAY + timedelta(days=days))
    found = waiting.of(Mine(in_scope, me))
    assert [wait.url for wait in found] == ([url(promise)] if waits else [])
    assert waiting.of(Mine(in_scope, ParticipantFactory())) == []


def test_the_reminder_leads_to_the_own_page(promise: Commitment, me: Any) -> None:
    Commitment.objects.update(deadline=TODAY)
    assert reminding.remind() == 1
    mail = composed(Notification.objects.get(participant=me))
    assert url(promise) in mail.body
    assert "give a new date" not in mail.body


# -- Telling how it goes ----------------------------------------------------------------------------------------


def test_others_do_not_get_in(promise: Commitment, sign_in: Any, handler: Any, superuser: Any) -> None:
    ParticipantFactory(user=superuser)
    for user in (handler, superuser):
        browser = sign_in(user)
        for answer in (browser.get(url(promise)), browser.post(url(promise), given(promise, words="x"))):
            assert answer.status_code == 404
    assert turns.of(promise).count() == 1


def test_words_and_photos_are_read_by_an_official_first(
    resident_client: Client, handler_client: Client, promise: Commitment
) -> None:
    sent = given(promise, words="De eerste emmers zijn leeg.", photos=[picture()])
    page = resident_client.post(url(promise), sent, follow=True).content.decode()
    assert "De eerste emmers zijn leeg." in page
    assert "Others cannot read this yet." in page
    assert "De eerste emmers" not in public(promise)
    assert "A resident" in public(promise)

    work = f"/polderwijk/werk/toezeggingen/{promise.pk}/"
    page = handler_client.get(work).content.decode()
    assert "De eerste emmers zijn leeg." in page
    assert "A resident told something that others cannot read yet" in page
    last = turns.of(promise).last()
    assert handler_client.post(f"{work}openen/", {"until": last.pk}).status_code == 302
    assert "De eerste emmers zijn leeg." in public(promise)
    assert Attachment.objects.get().is_public
    assert "others cannot read yet" not in handler_client.get(work).content.decode()


def test_what_came_after_the_page_was_opened_waits_for_the_next_time(
    promise: Commitment, me: Any, handler: Any
) -> None:
    seen = residents.tell(commitment=promise, by=me, version=1, words="Een.")
    residents.tell(commitment=promise, by=me, version=2, words="Twee.")
    assert residents.open_to_all(commitment=promise, by=handler, until=seen.pk) == 1
    assert residents.open_to_all(commitment=promise, by=handler, until=seen.pk) == 0
    promise.refresh_from_db()
    assert [turn.words for turn in residents.unread(promise)] == ["Twee."]
    assert "Een." in public(promise)
    assert "Twee." not in public(promise)


def test_it_is_done_asks_those_behind_it_and_tells_coordinators(
    promise: Commitment, report: Any, handler: Any, coordinator: Any, resident_client: Client
) -> None:
    making.add_origin(commitment=promise, origin=report, by=handler)
    page = resident_client.get(f"{url(promise)}?status=done").content.decode()
    assert re.search(r'value="done"[^>]*checked', page)
    sent = given(promise, status="done", words="Geheim van Riet.")
    assert resident_client.post(url(promise), sent).status_code == 302
    promise.refresh_from_db()
    assert (promise.status, promise.round) == ("done", 1)
    question = composed(Notification.objects.get(key=asking.DONE))
    assert question.to == [report.author.email]
    assert "Geheim van Riet." not in question.body
    told = Notification.objects.get(key=residents.TOLD)
    assert told.user == coordinator
    assert "Geheim van Riet." in composed(told).body


def test_the_same_sent_twice_is_told_once(resident_client: Client, promise: Commitment, handler: Any) -> None:
    sent = given(promise, words="Een.")
    for _ in range(2):
        assert resident_client.post(url(promise), sent).status_code == 302
    assert turns.of(promise).count() == 2
    answer = resident_client.post(url(promise), {**sent, "words": "Twee."})
    assert answer.status_code == 409
    assert "Twee." in answer.content.decode()


@pytest.mark.parametrize("sent", [{"words": " "}, {"status": "broken", "words": "Nee."}, {"status": "zo"}])
def test_what_can_t_be_is_refused(resident_client: Client, promise: Commitment, sent: Any) -> None:
    assert resident_client.post(url(promise), given(promise, **sent)).status_code == 422
    assert turns.of(promise).count() == 1


def test_only_the_keeper_tells_and_within_the_table(promise: Commitment, me: Any) -> None:
    with pytest.raises(PromiseRefused):
        residents.tell(commitment=promise, by=ParticipantFactory(), version=1, words="Ik.")
    with pytest.raises(PromiseRefused):
        residents.tell(commitment=promise, by=me, version=1, status="withdrawn", words="Toch niet.")
    with pytest.raises(CommitmentChanged):
        residents.tell(commitment=promise, by=me, version=7, words="Ik.")
    residents.tell(commitment=promise, by=me, version=1, status="done")
    with pytest.raises(TransitionRefused):
        residents.tell(commitment=promise, by=me, version=2, status="in_progress")


def test_photos_of_officials_that_are_not_public_are_not_shown(
    promise: Commitment, handler_client: Client, resident_client: Client
) -> None:
    sent = given(promise, words="Voor ons.", photos=[picture()])
    handler_client.post(f"/polderwijk/werk/toezeggingen/{promise.pk}/stand/", sent)
    page = resident_client.get(url(promise)).content.decode()
    assert "Voor ons." in page
    assert str(Attachment.objects.get().uuid) not in page


# -- The name ---------------------------------------------------------------------------------------------------


def test_others_see_a_resident_until_the_resident_wants_the_name_shown(
    resident_client: Client, promise: Commitment
) -> None:
    def pages() -> str:
        addresses = ("", ".json", ".csv")
        read = [Client().get(f"/polderwijk/beloofd-en-gedaan{end or '/'}") for end in addresses]
        return public(promise) + "".join(
            (b"".join(answer) if answer.streaming else answer.content).decode() for answer in read
        )

    assert "Riet" not in pages()
    assert "a resident" in public(promise)
    assert resident_client.post(f"{url(promise)}naam/", {"named": "on"}).status_code == 302
    assert pages().count("Riet Overstegen") >= 4
    resident_client.post(f"{url(promise)}naam/", {})
    assert "Riet" not in pages()


def test_the_choice_goes_with_the_keeper(promise: Commitment, me: Any, handler: Any) -> None:
    for change in (
        lambda: handing_over.hand_over(commitment=promise, to=handler, by=handler),
        lambda: changing.change(
            commitment=promise, text=promise.text, deadline=promise.deadline, by=handler, reason="",
            owner_participant=ParticipantFactory(),
        ),
    ):  # fmt: skip
        Commitment.objects.update(owner=None, owner_participant=me, owner_is_named=True)
        change()
        assert not Commitment.objects.get().owner_is_named


def test_only_the_keeper_chooses(promise: Commitment) -> None:
    with pytest.raises(PromiseRefused):
        residents.show_name(commitment=promise, by=ParticipantFactory(), named=True)


# -- Going away --------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(promise: Commitment, me: Any, handler: Any) -> Attachment:
    """The photo with what was told, which everybody can see."""
    turn = residents.tell(commitment=promise, by=me, version=1, words="Geheim van Riet.")
    photo: Attachment = AttachmentFactory(target=turn)
    residents.show_name(commitment=promise, by=me, named=True)
    residents.open_to_all(commitment=promise, by=handler, until=turn.pk)
    assert "Geheim van Riet." in public(promise)
    assert "Riet Overstegen" in public(promise)
    return photo


@pytest.mark.parametrize(("words", "stays"), [("none", False), ("public", True), ("all", True)])
def test_whose_data_are_erased_takes_words_photos_and_name_along(
    shown: Attachment, promise: Commitment, me: Any, coordinator: Any, words: str, stays: bool
) -> None:
    residents.tell(commitment=promise, by=me, version=2, words="Nog niet gelezen.")
    assert {kept.title for kept in promising.kept(me)} == {promise.text}
    assert [len(told.photos) for told in promising.told(me)] == [1, 0]
    erasing.erase(participant=me, words=words)
    promise.refresh_from_db()
    assert (promise.owner, promise.owner_participant, promise.owner_is_named) == (coordinator, None, False)
    assert not Attachment.objects.filter(pk=shown.pk).exists()
    assert ("Geheim van Riet." in public(promise)) == stays
    told = [turn.words for turn in turns.of(promise) if turn.told_by_resident]
    assert told == ["Geheim van Riet." if stays else "", "Nog niet gelezen." if words == "all" else ""]
    assert "Riet" not in public(promise).replace("Geheim van Riet.", "")


def test_a_consent_that_is_withdrawn_closes_what_was_told(
    shown: Attachment, promise: Commitment, me: Any
) -> None:
    consents.withdraw(participant=me, purpose="photo")
    shown.refresh_from_db()
    assert not shown.is_public
    consents.withdraw(participant=me, purpose="publication")
    assert "Riet" not in public(promise)
