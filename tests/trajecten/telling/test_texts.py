"""A municipality's own words in its mails: what may be in them, how they look, and what if they break."""

from typing import Any

import pytest
from django.core import mail
from django.template.loader import get_template
from django.test import Client

from tests.factories.core import ParticipantFactory
from trajecten import registry
from trajecten.domain.telling import delivering, notify, texts
from trajecten.models import Activity, MessageText, Notification

pytestmark = pytest.mark.usefixtures("english", "in_scope")

KEY = "buurtschouw.report_received"
PAGE = f"/polderwijk/werk/teksten/tekst/?message={KEY}&language=nl"


@pytest.fixture
def keep(in_scope: Any, coordinator: Any) -> Any:
    def keep(subject: str = "", opening: str = "", language: str = "nl") -> None:
        texts.keep(
            municipality=in_scope,
            message=registry.message(KEY),
            language=language,
            subject=subject,
            opening=opening,
            by=coordinator,
        )

    return keep


@pytest.fixture
def sent(in_scope: Any, report: Any) -> Any:
    def sent(language: str = "nl") -> Any:
        to = ParticipantFactory(language=language)
        notify.owe(key=KEY, to=to, municipality=in_scope, about=report, delivery_key=f"to-{to.pk}")
        delivering.deliver_due()
        return next(message for message in mail.outbox if message.to == [to.email])

    return sent


def html(message: Any) -> str:
    return message.alternatives[0].content


def test_own_words_take_the_place_of_subject_and_greeting(keep: Any, sent: Any, report: Any) -> None:
    keep("Melding {nummer} bij {gemeente}", "Dag buur,\n\nDank voor **{melding}**.")
    message = sent()
    assert message.subject == f"Melding {report.pk} bij Polderwijk"
    assert message.body.startswith("Dag buur,\n\nDank voor")
    assert f"<p>Dank voor <strong>{report.public_title}</strong>.</p>" in html(message)
    assert f"/polderwijk/volg/{report.token}/" in message.body


def test_another_language_keeps_the_standard_words(keep: Any, sent: Any) -> None:
    keep("Alleen Nederlands")
    assert sent("en").subject != "Alleen Nederlands"


def test_with_both_empty_the_standard_words_are_back(keep: Any, sent: Any) -> None:
    keep("Iets", "Anders")
    keep()
    assert not MessageText.objects.exists()
    assert sent().body.startswith("Hallo,")
    assert Activity.objects.filter(verb="text_changed").count() == 2


@pytest.mark.parametrize(
    "opening",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klik](javascript:alert(1))",
        "![plaatje](https://spion.example.org/x.png)",
        "[klik](http://plat.example.org/)",
    ],
)
def test_nothing_dangerous_becomes_html(opening: str) -> None:
    clean = str(texts.html(opening, {}))
    for forbidden in ("<script", "<img", 'href="javascript', 'href="http:', "<iframe"):
        assert forbidden not in clean


def test_a_resident_s_words_can_t_become_markup() -> None:
    filled = texts.fill("{melding}", "Over {melding}", {"melding": "<b>**vet**</b>\nmet regel"})
    assert filled.subject == "<b>**vet**</b> met regel"
    assert "&lt;b&gt;**vet**&lt;/b&gt;" in filled.context["opening_html"]


def test_as_text_it_has_no_marks_of_markdown() -> None:
    opening = "Dag **{melding}**,\n\nKijk:\n\n- op [de site](https://gemeente.example.org/)\n- of bel & vraag"
    filled = texts.fill("", opening, {"melding": "<3 & meer"}).context["opening_text"]
    assert filled == (
        "Dag <3 & meer,\n\nKijk:\n\n- op de site (https://gemeente.example.org/)\n- of bel & vraag"
    )


def test_an_unknown_placeholder_is_refused(keep: Any) -> None:
    with pytest.raises(texts.UnknownPlaceholder, match=r"\{naam\}.*\{gemeente\}, \{nummer\}, \{melding\}"):
        keep("Dag {naam}")
    assert not MessageText.objects.exists()


def test_broken_words_give_way_to_the_standard_ones_and_the_coordinator_hears_once(
    keep: Any, sent: Any, coordinator: Any
) -> None:
    keep("Melding {nummer}")
    MessageText.objects.update(subject="Melding {verdwenen}")
    assert "verdwenen" not in sent().subject
    sent()
    (row,) = Notification.objects.filter(key=texts.BROKEN, channel="email")
    assert row.user == coordinator
    message = next(message for message in mail.outbox if message.to == [coordinator.email])
    assert f"/polderwijk/werk/teksten/tekst/?message={KEY}&language=nl" in message.body


# -- The pages --------------------------------------------------------------------------------------------------


def test_the_list_has_every_message_and_says_which_have_own_words(
    keep: Any, coordinator_client: Client
) -> None:
    keep("Iets")
    subjects = coordinator_client.get("/polderwijk/werk/teksten/").context["subjects"]
    rows = [row for rows in subjects.values() for row in rows]
    assert {row["key"] for row in rows} == {message.key for message in texts.editable()}
    assert [row["own"] for row in rows if row["key"] == KEY] == ["Dutch"]


def test_the_list_is_in_order_and_no_two_mails_of_a_subject_look_alike(coordinator_client: Client) -> None:
    subjects = coordinator_client.get("/polderwijk/werk/teksten/").context["subjects"]
    assert list(subjects) == [
        "Budgetmonitoring",
        "Digitale buurtschouw",
        "Taking part",
        "Meetings",
        "Promises",
        "Council",
        "What somebody follows",
        "Moderation and team",
        "Other mails",
    ]
    for rows in subjects.values():
        named = [(row["trigger"], row["audience"]) for row in rows]
        assert len(named) == len(set(named))
    assert len({row["trigger"] for row in subjects["Council"]}) == 3


def test_every_message_begins_with_the_opening_and_the_portal_s_own_are_not_offered() -> None:
    for message in texts.editable():
        for ending in (".txt", ".html"):
            name = f"{message.template}{ending}"
            assert f'{{% include "mail/opening{ending}" %}}' in get_template(name).template.source, name
    offered = {message.key for message in texts.editable()}
    assert {"trajecten.proposal_sent", texts.BROKEN}.isdisjoint(offered)


def test_a_coordinator_looks_first_and_then_keeps(coordinator_client: Client, in_scope: Any) -> None:
    words = {"subject": "Melding {nummer}", "opening": "Dag *{gemeente}*"}
    page = coordinator_client.post(PAGE, {**words, "preview": "on"}).content.decode()
    assert "Melding 128" in page
    assert "<em>Polderwijk</em>" in page
    assert not MessageText.objects.exists()
    assert coordinator_client.post(PAGE, words).status_code == 302
    kept = MessageText.objects.get()
    assert (kept.key, kept.language, kept.subject, kept.opening) == (KEY, "nl", *words.values())
    assert "Melding 128" in coordinator_client.get(PAGE).content.decode()


def test_an_unknown_placeholder_is_said_beside_its_field_and_nothing_typed_is_lost(
    coordinator_client: Client,
) -> None:
    answer = coordinator_client.post(PAGE, {"subject": "Dag {naam}", "opening": "Hier ben ik"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["subject"]
    page = answer.content.decode()
    assert "Dag {naam}" in page
    assert "Hier ben ik" in page


def test_a_message_that_does_not_exist_gives_404(coordinator_client: Client) -> None:
    for key in ("", "unheard.of", texts.BROKEN):
        assert coordinator_client.get(f"/polderwijk/werk/teksten/tekst/?message={key}").status_code == 404


def test_every_placeholder_has_a_value(report: Any, in_scope: Any) -> None:
    context = {"report": report, "trajectory": report.trajectory, "municipality": in_scope}
    for message in registry.messages():
        if message.app == "buurtschouw":
            assert all(str(placeholder.value(context)) for placeholder in texts.placeholders(message))
