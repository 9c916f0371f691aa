"""The pages from request to trajectory, as people go through them."""

import io
import re
import uuid
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import scope, scopes_disabled

from tests.factories.core import MunicipalityFactory
from tests.factories.proposals import ProposalFactory, ProposalLineFactory, TrajectoryRequestFactory
from tests.mails import composed
from trajecten.domain import paper
from trajecten.domain.proposals import asking, deciding, sending
from trajecten.enums import ProposalStatus, RequestStatus
from trajecten.models import Notification, Proposal, Trajectory, TrajectoryRequest, User
from trajecten.notifications.proposals import MESSAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FORM = reverse("request", kwargs={"method": "buurtschouw"})


def filled(**words: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "municipality": "polderwijk",
        "question": "Hoe krijgen wij bewoners mee?",
        "contact_name": "Beleid",
        "email": "Beleid@Example.org",
        **words,
    }


def page(asked: Any, name: str = "proposal") -> str:
    return reverse(name, kwargs={"token": asked.token})


@pytest.fixture
def desk(sign_in: Any, adviser: Any) -> Client:
    """The browser of the adviser."""
    return sign_in(adviser)


# -- Asking


def test_anybody_can_ask_for_any_municipality(municipality: Any) -> None:
    waiting = MunicipalityFactory(other=True, is_participating=False)
    answer = Client().post(FORM, filled(municipality=waiting.slug), follow=True)
    with scopes_disabled():
        asked = TrajectoryRequest.objects.get()
    assert asked.reference in answer.content.decode()
    assert asked.token not in answer.content.decode()
    assert (asked.municipality, asked.contact.email) == (waiting, "beleid@example.org")


def test_sending_twice_is_one_request(municipality: Any) -> None:
    form = filled()
    for _time in range(2):
        assert Client().post(FORM, form).status_code == 302
    with scopes_disabled():
        assert TrajectoryRequest.objects.count() == 1


def test_a_mistake_keeps_what_was_typed(municipality: Any) -> None:
    refused = Client().post(FORM, filled(email="geen adres", municipality="nergens"))
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"email", "municipality"}
    assert "Hoe krijgen wij bewoners mee?" in refused.content.decode()


def test_too_many_requests_from_one_sender(municipality: Any, settings: Any) -> None:
    settings.ANONYMOUS_REQUESTS_PER_HOUR = 1
    sender = {"REMOTE_ADDR": f"10.1.2.{uuid.uuid4().int % 250}"}
    codes = [Client(**sender).post(FORM, filled()).status_code for _time in range(2)]
    assert codes == [302, 422]


def test_a_coordinator_asks_for_the_own_municipality(
    coordinator_client: Client, areas: list[Any], other_municipality: Any
) -> None:
    form = coordinator_client.get(FORM).context["form"]
    assert [value for value, _label in form.fields["municipality"].choices][1:] == ["polderwijk"]
    assert coordinator_client.post(FORM, filled(municipality="duinstad")).status_code == 422
    coordinator_client.post(FORM, filled(areas=[areas[1].pk]))
    asked = TrajectoryRequest.objects.get()
    assert list(asked.areas.all()) == [areas[1]]


def test_an_unknown_method_is_not_found(municipality: Any) -> None:
    assert Client().get("/trajecten/niets/aanvragen/").status_code == 404


# -- The pipeline


def queries_of(browser: Client, address: str) -> int:
    """How many the page takes, once what is remembered is remembered."""
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_the_lists_take_as_many_queries_for_thirty_as_for_one(
    desk: Client, coordinator_client: Client, adviser: Any, in_scope: Any
) -> None:
    lists = (
        (desk, reverse("advice-requests")),
        (coordinator_client, reverse("staff-requests", kwargs={"gemeente": "polderwijk"})),
    )
    ProposalFactory(request=TrajectoryRequestFactory(taken_up=True, adviser=adviser))
    one = [queries_of(*each) for each in lists]
    for _time in range(29):
        ProposalFactory(request=TrajectoryRequestFactory(taken_up=True, adviser=adviser))
    assert [queries_of(*each) for each in lists] == one


def test_a_request_that_was_taken_up_is_gone_for_other_advisers(
    desk: Client, sign_in: Any, other_adviser: Any, asked: Any, new_request: Any
) -> None:
    other = sign_in(other_adviser)
    address = reverse("advice-request", kwargs={"pk": asked.pk})
    assert (desk.get(address).status_code, other.get(address).status_code) == (200, 404)
    listed = [row.asked for row in other.get(reverse("advice-requests")).context["rows"]]
    assert listed == [new_request]


def test_filters_of_the_pipeline(desk: Client, asked: Any, new_request: Any, sent: Any) -> None:
    def found(query: str) -> list[int]:
        rows = desk.get(f"{reverse('advice-requests')}?{query}").context["rows"]
        return sorted(row.asked.pk for row in rows)

    everything = sorted([asked.pk, new_request.pk])
    assert found("") == everything
    assert found("status=new") == [new_request.pk]
    assert found("mine=on") == [asked.pk]
    assert found("words=polder") == everything
    assert found("words=duin") == []
    assert found("status=niets") == everything
    assert found("expiring=on") == []
    Proposal.objects.filter(pk=sent.pk).update(valid_until=timezone.localdate() + timedelta(days=7))
    assert found("expiring=on") == [asked.pk]


def test_who_is_too_late_hears_who_was_first(
    desk: Client, sign_in: Any, other_adviser: Any, new_request: Any
) -> None:
    address = reverse("advice-take-up", kwargs={"pk": new_request.pk})
    desk.post(address)
    late = sign_in(other_adviser).post(address, follow=True)
    assert "Adviseur has taken up this request already" in late.content.decode()


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(-1, "expired on", "danger"), (7, "expires on", "warning"), (8, "until", "")],
)
def test_the_list_says_until_when_a_proposal_can_be_accepted(
    desk: Client, sent: Any, days: int, words: str, tone: str
) -> None:
    last_day = timezone.localdate() + timedelta(days=days)
    Proposal.objects.filter(pk=sent.pk).update(valid_until=last_day)
    (row,) = desk.get(reverse("advice-requests")).context["rows"]
    assert row.until.text.startswith(f"{words} {last_day.day} ")
    assert row.until.tone == tone


def test_where_is_asked_for_is_called_so(desk: Client, asked: Any) -> None:
    TrajectoryRequest.objects.filter(pk=asked.pk).update(places="Oude dorp")
    shown = desk.get(reverse("advice-request", kwargs={"pk": asked.pk})).content.decode()
    assert "<dt>Where</dt><dd>Oude dorp</dd>" in shown


# -- Writing and sending


def concept_form(proposal: Any, **words: Any) -> dict[str, Any]:
    rows = {
        f"{prefix}-{name}": value
        for prefix, count in (("sessions", 2), ("duties", 1), ("lines", 2))
        for name, value in (("TOTAL_FORMS", count), ("INITIAL_FORMS", 0))
    }
    return {
        **rows,
        "title": "Buurtschouw Oostpolder",
        "valid_until": (timezone.localdate() + timedelta(days=20)).isoformat(),
        "contact_may_decide": "on",
        "step-walk-starts_on": "2027-02-13",
        "step-walk-ends_on": "2027-02-13",
        "sessions-0-title": "Start",
        "sessions-0-day": "2027-01-12",
        "duties-0-who": "Gemeente",
        "duties-0-does": "Nodigt uit.",
        "lines-0-description": "Dagdeel",
        "lines-0-quantity": "1.5",
        "lines-0-unit_price": "480",
        "lines-0-vat_rate": "21",
        "lines-1-vat_rate": "21",
        **words,
    }


def test_from_taking_up_to_sending(desk: Client, new_request: Any) -> None:
    desk.post(reverse("advice-take-up", kwargs={"pk": new_request.pk}))
    begun = desk.post(reverse("advice-draft", kwargs={"pk": new_request.pk}), follow=True)
    concept = Proposal.objects.get()
    assert begun.status_code == 200
    address = reverse("advice-proposal", kwargs={"pk": concept.pk})
    assert desk.post(address, concept_form(concept)).status_code == 302
    assert "Dagdeel" in desk.get(address).content.decode()
    sent = desk.post(address, concept_form(concept, act="send"), follow=True)
    concept.refresh_from_db()
    assert (sent.status_code, concept.status) == (200, ProposalStatus.SENT)
    assert [str(line.quantity) for line in concept.lines.all()] == ["1.50"]
    assert desk.get(address).status_code == 302


def test_mistakes_in_a_concept_stand_beside_their_fields(desk: Client, concept: Any) -> None:
    address = reverse("advice-proposal", kwargs={"pk": concept.pk})
    wrong = {
        "title": "",
        "step-walk-ends_on": "2027-01-01",
        "lines-0-quantity": "veel",
        "sessions-1-place": "Zaal",
        "sessions-0-day": "9999-12-31",
    }
    refused = desk.post(address, concept_form(concept, **wrong))
    forms = refused.context["forms"]
    assert refused.status_code == 422
    assert set(forms.words.errors) == {"title"}
    assert [set(form.errors) for form in forms.steps if form.errors] == [{"ends_on"}]
    assert set(forms.lines.forms[0].errors) == {"quantity"}
    assert [set(form.errors) for form in forms.sessions.forms[:2]] == [{"day"}, {"title"}]


def test_what_is_missing_is_kept_but_not_sent(desk: Client, concept: Any) -> None:
    form = concept_form(
        concept, act="send", **{"lines-0-description": "", "lines-0-quantity": "", "lines-0-unit_price": ""}
    )
    refused = desk.post(reverse("advice-proposal", kwargs={"pk": concept.pk}), form)
    concept.refresh_from_db()
    assert (refused.status_code, concept.status, concept.title) == (
        422,
        ProposalStatus.CONCEPT,
        "Buurtschouw Oostpolder",
    )


# -- Answering


def test_the_page_tells_how_the_request_stands_before_there_is_a_proposal(
    new_request: Any, asked: Any
) -> None:
    assert "waits for an adviser" in Client().get(page(new_request)).content.decode()
    assert "Adviseur has taken up" in Client().get(page(asked)).content.decode()
    assert Client().get(page(asked, "proposal-pdf")).status_code == 404


def test_a_secret_link_is_not_for_search_engines(sent: Any) -> None:
    answer = Client().get(page(sent.request))
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_contact_accepts_by_name(sent: Any) -> None:
    browser = Client()
    refused = browser.post(page(sent.request, "proposal-accept"), {"version": 1, "name": ""})
    assert (refused.status_code, set(refused.context["accept_form"].errors)) == (422, {"name"})
    browser.post(page(sent.request, "proposal-accept"), {"version": 1, "name": "B. Leid"})
    accepted = browser.get(page(sent.request)).content.decode()
    assert "was accepted by B. Leid" in accepted
    assert "can be accepted until" not in accepted
    assert Trajectory.objects.get().title == sent.title


def test_the_page_begins_with_the_price_and_the_way_to_accept(sent: Any) -> None:
    shown = Client().get(page(sent.request))
    words = shown.content.decode()
    day = date_format(sent.valid_until, "j F Y")
    assert f"€\N{NO-BREAK SPACE}1,161.60 with VAT · valid until and including {day}" in words
    assert words.index('href="#accept"') < words.index('id="steps"') < words.index('id="accept"')
    assert shown.context["tag"].text == "Waits for your agreement"
    assert f'href="mailto:{sent.request.adviser.email}"' in words
    assert shown.context["accept_form"]["name"].value() is None


@pytest.mark.parametrize("name", ["", " ", "B", "12345", "b.leid@example.org", "..."])
def test_who_accepts_types_a_name(sent: Any, name: str) -> None:
    refused = Client().post(page(sent.request, "proposal-accept"), {"version": 1, "name": name})
    assert (refused.status_code, set(refused.context["accept_form"].errors)) == (422, {"name"})
    with pytest.raises(asking.RequestRefused):
        deciding.accept(proposal=sent, by=sent.request.contact, name=name)
    assert Trajectory.objects.count() == 0


def test_without_the_right_to_decide_one_reads(
    sent: Any, resident_client: Client, coordinator_client: Client
) -> None:
    Proposal.objects.filter(pk=sent.pk).update(contact_may_decide=False)
    for browser in (Client(), resident_client):
        shown = browser.get(page(sent.request))
        assert (shown.status_code, shown.context["may_accept"]) == (200, False)
        for name in ("accept", "changes", "decline"):
            body = {"version": 1, "name": "X", "wanted": "X", "reason": "X"}
            assert browser.post(page(sent.request, f"proposal-{name}"), body).status_code == 403
    assert coordinator_client.get(page(sent.request)).context["may_accept"] is True
    body = {"version": 1, "wanted": "Een dag minder."}
    assert coordinator_client.post(page(sent.request, "proposal-changes"), body).status_code == 302
    sent.refresh_from_db()
    assert (sent.status, sent.answered_by) == (ProposalStatus.CHANGES_ASKED, "Coördinator Participatie")


def test_an_answer_to_a_version_that_was_replaced_meanwhile_is_refused(sent: Any, adviser: Any) -> None:
    Proposal.objects.filter(pk=sent.pk).update(status=ProposalStatus.REPLACED)
    second = ProposalFactory(
        request=sent.request, version=2, sent=True, contact_may_decide=True, changed="Minder."
    )
    refused = Client().post(page(sent.request, "proposal-accept"), {"version": 1, "name": "B. Leid"})
    assert refused.status_code == 422
    assert "A newer version was sent" in refused.content.decode()
    assert refused.context["proposal"] == second
    earlier = Client().get(f"{page(sent.request)}?versie=1")
    assert (earlier.context["proposal"], earlier.context["may_accept"]) == (sent, False)
    assert (earlier.context["may_withdraw"], refused.context["may_withdraw"]) == (False, True)
    assert earlier.context["tag"].text == ProposalStatus.REPLACED.label
    assert Client().get(f"{page(sent.request)}?versie=3").status_code == 404


def test_an_expired_proposal_says_whom_to_ask(sent: Any) -> None:
    Proposal.objects.filter(pk=sent.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    shown = Client().get(page(sent.request))
    assert "Ask Adviseur to renew it" in shown.content.decode()
    assert (shown.context["may_accept"], shown.context["may_ask_changes"]) == (False, True)
    assert shown.context["tag"].text == "Can't be accepted any more"
    assert 'href="#accept"' not in shown.content.decode()
    late = Client().post(page(sent.request, "proposal-accept"), {"version": 1, "name": "B. Leid"})
    assert (late.status_code, Trajectory.objects.count()) == (422, 0)


def test_not_going_on(sent: Any) -> None:
    Client().post(page(sent.request, "proposal-decline"), {"reason": "Te duur."})
    sent.request.refresh_from_db()
    assert (sent.request.status, sent.request.reason) == (RequestStatus.WITHDRAWN, "Te duur.")


def test_a_new_coordinator_signs_in_by_code(db: None, mailoutbox: Any) -> None:
    """The contact of a municipality that did not take part accepts, and then gets in with nothing but the mail."""
    municipality = MunicipalityFactory(other=True, is_participating=False)
    with scope(municipality=municipality):
        request = TrajectoryRequestFactory(municipality=municipality, taken_up=True)
        concept = ProposalFactory(request=request, contact_may_decide=True)
        ProposalLineFactory(proposal=concept)
        sending.send(proposal=concept, by=request.adviser)
    browser = Client()
    browser.post(page(request, "proposal-accept"), {"version": 1, "name": "B. Leid"})
    browser.post(reverse("account_request_login_code"), {"email": request.contact.email})
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mailoutbox[-1].body, re.MULTILINE)
    assert found
    browser.post(reverse("account_confirm_login_code"), {"code": found[1]})
    user = User.objects.get(email=request.contact.email)
    assert browser.session.get("_auth_user_id") == str(user.pk)


# -- PDF and mail


def fonts_of(read: pypdf.PdfReader) -> set[str]:
    """The names of the fonts that the pages use."""
    return {
        str(font.get_object()["/BaseFont"]).lstrip("/")
        for leaf in read.pages
        for font in leaf["/Resources"]["/Font"].values()
    }


def test_the_pdf_is_tagged_and_says_what_the_page_says(sent: Any) -> None:
    answer = Client().get(page(sent.request, "proposal-pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    read = pypdf.PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(leaf.extract_text() for leaf in read.pages).split())
    for words in (sent.title, "Polderwijk", "Startbijeenkomst", "Begeleiding", "1,161.60", "Bij daglicht."):
        assert words in text
    assert "Participation portal" in text
    assert f"page 1 of {len(read.pages)}" in text
    assert {font.split("+")[-1].split("-")[0] for font in fonts_of(read)} == {paper.FONT}
    root = read.trailer["/Root"]
    assert (bool(root["/MarkInfo"]["/Marked"]), root["/Lang"]) == (True, "en")
    assert sent.title in read.metadata.title


def test_a_document_fetches_nothing() -> None:
    html = '<html lang="nl"><title>x</title><p>a</p><img alt="" src="http://127.0.0.1:1/x.png"></html>'
    assert paper.pdf(html=html, css="").startswith(b"%PDF")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_turn_can_be_mailed(sent: Any, language: str, mailoutbox: Any, coordinator: Any) -> None:
    """Every message of the catalogue is made from real rows, from the portal, with a link that works."""
    sent.request.contact.language = language
    sent.request.contact.save()
    Proposal.objects.filter(pk=sent.pk).update(
        wanted="Minder.", answered_by="B. Leid", answered_at=timezone.now()
    )
    TrajectoryRequest.objects.filter(pk=sent.request.pk).update(reason="Te <duur>.")
    for message in MESSAGES:
        about = sent if "proposal" in message.key or "changes" in message.key else sent.request
        if message.key == "trajecten.request_new":
            about = TrajectoryRequestFactory()
        row = Notification(
            municipality=sent.municipality, key=message.key, participant=sent.request.contact, about=about
        )
        row.delivery_key = message.key
        mail = composed(row)
        assert mail.from_email == settings.DEFAULT_FROM_EMAIL
        assert about.title in mail.body if about == sent else "Digitale buurtschouw" in mail.body
        assert "{{" not in mail.body + mail.subject
        assert "/voorstel/" in mail.body or "/advies/aanvragen/" in mail.body
