"""The pages of a vote on projects for residents: looking, proposing, voting, the own pages, and the result."""

import re
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.domain.ballots import results
from budget.models import BallotProject, ProjectBallot, ProjectVote
from budget.pages import mine
from tests.factories.ballots import BallotProjectFactory, ProjectVoteFactory, vote_for
from tests.mails import in_english
from trajecten.domain.moderation import deciding
from trajecten.models import Notification, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/polderwijk/begroting/projecten/"


def page_of(ballot: Any, part: str = "") -> str:
    return f"{LIST}{ballot.pk}/{part}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_list_and_the_page_show_where_a_vote_is(voting: Any, make: Any) -> None:
    hidden = make(opens_on=None)
    shown = Client().get(LIST)
    assert [row["ballot"] for row in shown.context["rows"]] == [voting]
    assert "you can vote until" in words(shown)
    assert Client().get(page_of(hidden)).status_code == 404
    page = words(Client().get(page_of(voting)))
    assert "I want to vote" in page
    assert "Equal shares" in page or "equal shares" in page


def test_what_is_over_is_told_as_past(make: Any) -> None:
    over = make(2, over=True)
    shown = words(Client().get(LIST)) + words(Client().get(page_of(over)))
    for told in (
        "There was €",
        "People could choose from 2 projects.",
        "2 projects that people could choose",
    ):
        assert told in shown, told
    assert "You can choose" not in shown
    assert "that you can choose" not in shown


def test_what_cannot_be_read_or_is_not_confirmed_is_not_shown(voting: Any) -> None:
    BallotProject.objects.filter(ballot=voting, number=1).update(moderation="pending")
    BallotProject.objects.filter(ballot=voting, number=2).update(confirmed_at=None)
    shown = Client().get(page_of(voting)).context["projects"]
    assert [project.number for project in shown] == [3]
    for number, status in ((1, 404), (2, 404), (3, 200)):
        assert Client().get(page_of(voting, f"plan/{number}/")).status_code == status


def test_the_order_stays_the_same_for_one_visitor(make: Any) -> None:
    ballot = make(8, voting=True)

    def seen(browser: Client) -> list[int]:
        shown = browser.get(page_of(ballot, "stemmen/")).context["form"].projects
        return [project.number for project in shown]

    visitor = Client()
    first = seen(visitor)
    assert seen(visitor) == first
    assert any(seen(Client()) != first for _other in range(5))


# -- Voting ---------------------------------------------------------------------------------------------------


def test_with_an_account_one_votes_at_once_and_can_change_it(voting: Any, resident_client: Client) -> None:
    answer = resident_client.post(page_of(voting, "stemmen/"), {"choices": ["1", "3"]}, follow=True)
    assert "your vote counts" in words(answer)
    vote = ProjectVote.objects.get()
    assert vote.choices == [1, 3]
    own = f"{LIST}mijn-stem/{vote.token}/"
    assert resident_client.get(page_of(voting, "stemmen/")).headers["Location"] == own
    resident_client.post(own, {"choices": ["2"]})
    vote.refresh_from_db()
    assert vote.choices == [2]


def test_a_guest_votes_by_mail_and_confirms_by_a_button(voting: Any, areas: list[Any]) -> None:
    fields = {"choices": ["2"], "email": "bea@example.org", "area": areas[0].pk}
    answer = Client().post(page_of(voting, "stemmen/"), fields, follow=True)
    assert "look in your mail" in words(answer)
    vote = ProjectVote.objects.get()
    assert (vote.confirmed_at, vote.area) == (None, areas[0])
    own = f"{LIST}mijn-stem/{vote.token}/"
    assert ProjectVote.objects.get().confirmed_at is None
    assert "Is this your vote?" in words(Client().get(own))
    assert "Your vote counts" in words(Client().post(f"{own}bevestigen/", follow=True))
    Client().post(f"{own}intrekken/")
    assert not ProjectVote.objects.exists()
    gone = Client().get(own)
    assert (gone.status_code, "does not work any more" in words(gone)) == (404, True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "bea@example.org"}, "choices"),
        ({"choices": ["2"]}, "email"),
        ({"choices": ["99"], "email": "bea@example.org"}, "choices"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_what_was_ticked_stays(
    voting: Any, fields: dict[str, Any], field: str
) -> None:
    answer = Client().post(page_of(voting, "stemmen/"), fields)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    ticked = re.search(r'value="2"[^>]* checked', answer.content.decode())
    assert bool(ticked) == (fields.get("choices") == ["2"])
    assert not ProjectVote.objects.exists()


def test_who_chooses_sees_what_it_costs_together_without_voting(voting: Any, resident_client: Client) -> None:
    ProjectBallot.objects.update(budget=9_000)
    BallotProject.objects.filter(number__in=(1, 2)).update(cost=5_000)
    page = page_of(voting, "stemmen/")
    assert "Chosen: 0. Together € 0 of the € 9,000." in words(Client().get(page))
    fields = {"act": "reckon", "choices": ["1", "2"], "email": "bea@exa", "area": "none"}
    answer = Client().post(page, fields)
    assert (answer.status_code, ProjectVote.objects.count()) == (200, 0)
    assert "Chosen: 2. Together € 10,000 of the € 9,000. That is more than there is." in words(answer)
    assert 'value="bea@exa"' in answer.content.decode()
    made = vote_for(voting, ([1], 1))[0]
    own = f"{LIST}mijn-stem/{made.token}/"
    assert "Chosen: 1. Together € 5,000 of the € 9,000." in words(Client().get(own))
    assert "Chosen: 2." in words(Client().post(own, {"act": "reckon", "choices": ["1", "2", "x"]}))
    made.refresh_from_db()
    assert made.choices == [1]


def test_who_comes_too_late_is_told_so_with_what_they_chose(make: Any, resident_client: Client) -> None:
    over = make(2, over=True)
    answer = resident_client.post(page_of(over, "stemmen/"), {"choices": ["1"]})
    assert answer.status_code == 422
    assert "The vote is over" in words(answer)


def test_too_many_votes_of_one_address_are_refused(voting: Any, settings: Any) -> None:
    settings.MAILS_PER_ADDRESS_PER_HOUR = 1
    fields = {"choices": ["2"], "email": "vaak@example.org"}
    assert Client().post(page_of(voting, "stemmen/"), fields).status_code == 302
    answer = Client().post(page_of(voting, "stemmen/"), fields)
    assert answer.status_code == 422
    assert "Many mails went to this address" in answer.context["form"].errors["email"][0]


def test_where_an_account_is_needed_a_visitor_is_led_to_it(make: Any) -> None:
    ballot = make(2, voting=True, proposing=True, allows_guests=False)
    assert "You need an account to vote" in words(Client().get(page_of(ballot, "stemmen/")))


# -- Secrecy --------------------------------------------------------------------------------------------------


def test_no_page_tells_how_many_voted_while_it_runs(
    voting: Any, coordinator_client: Client, handler_client: Client
) -> None:
    """The same pages, but for tokens of forms, before and after seven votes."""

    def pages() -> list[str]:
        shown = [
            browser.get(path)
            for browser in (Client(), coordinator_client, handler_client)
            for path in (page_of(voting), page_of(voting, "plan/1/"))
        ]
        shown += [
            browser.get(path)
            for browser in (coordinator_client, handler_client)
            for path in (f"{LIST}werk/", f"{LIST}werk/{voting.pk}/", f"{LIST}werk/{voting.pk}/1/")
        ]
        return [" ".join(sorted(words(answer).split())) for answer in shown]

    before = pages()
    ProjectVoteFactory.create_batch(7, ballot=voting, choices=[1])
    assert pages() == before


def test_the_own_page_is_found_by_its_link_only(voting: Any) -> None:
    vote = ProjectVoteFactory(ballot=voting, choices=[1])
    own = Client().get(f"{LIST}mijn-stem/{vote.token}/")
    assert own.status_code == 200
    assert own.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in own.headers["Cache-Control"]
    paper = ProjectVoteFactory(on_paper=True, ballot=voting)
    assert Client().get(f"{LIST}mijn-stem/{paper.token}/").status_code == 404


# -- Proposing ------------------------------------------------------------------------------------------------


def test_who_proposes_too_much_is_told_beside_the_address_whose_mails_they_are(
    make: Any, settings: Any
) -> None:
    settings.MAILS_PER_ADDRESS_PER_HOUR = 1
    path = page_of(make(proposing=True), "voorstellen/")
    fields = {"title": "Een bankje", "text": "Bij de vijver", "email": "bank@example.org"}
    assert Client().post(path, fields).status_code == 302
    answer = Client().post(path, fields)
    assert answer.status_code == 422
    assert "Many mails went to this address" in answer.context["form"].errors["email"][0]
    assert "Een bankje" in answer.content.decode()


def test_a_resident_proposes_and_follows_it(make: Any, resident_client: Client) -> None:
    ballot = make(proposing=True)
    fields = {"title": "Een bankje", "text": "Bij de vijver", "estimate": "1.500"}
    answer = resident_client.post(page_of(ballot, "voorstellen/"), fields, follow=True)
    assert "We look whether it can be carried out" in words(answer)
    made = BallotProject.objects.get()
    assert (made.title, made.estimate, made.moderation) == ("Een bankje", 1500, "pending")
    assert "Een bankje" not in words(Client().get(page_of(ballot)))


def test_a_proposal_above_the_amount_is_refused_beside_the_field(make: Any, resident_client: Client) -> None:
    ballot = make(proposing=True, budget=1000)
    fields = {"title": "Een bankje", "text": "Bij de vijver", "estimate": "1.001"}
    answer = resident_client.post(page_of(ballot, "voorstellen/"), fields)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["estimate"])
    assert "Bij de vijver" in answer.content.decode()


def test_a_guest_confirms_a_proposal_by_its_link(make: Any) -> None:
    ballot = make(proposing=True)
    fields = {"title": "Een bankje", "text": "Bij de vijver", "email": "bea@example.org"}
    Client().post(page_of(ballot, "voorstellen/"), fields)
    made = BallotProject.objects.get()
    own = f"{LIST}mijn-project/{made.token}/"
    assert "Yes, I propose this" in words(Client().get(own))
    assert "We look whether" in words(Client().post(f"{own}bevestigen/", follow=True))


# -- The result -----------------------------------------------------------------------------------------------


@pytest.fixture
def counted(make: Any, coordinator: Any) -> Any:
    ballot = make(over=True, budget=100)
    for cost in (40, 40, 40):
        BallotProjectFactory(ballot=ballot, cost=cost)
    vote_for(ballot, ([1, 2], 6), ([3], 5))
    return results.count(ballot=ballot, by=coordinator)


def test_everybody_sees_how_it_was_counted(counted: Any) -> None:
    page = Client().get(page_of(counted.ballot, "uitslag/"))
    said = words(page)
    assert "11 people voted" in said
    assert "Would more people have preferred most votes first?" in said
    assert counted.sha256 in said
    assert page.content.decode().count("portal-chart__bar") >= 6
    assert (
        page.content.decode().count('<details class="portal-disclosure">') == 5
    )  # what is secondary is folded
    file = Client().get(page_of(counted.ballot, "uitslag/stemmen.pb"))
    assert file.content.decode() == counted.file
    assert "attachment" in file.headers["Content-Disposition"]
    assert "won" in words(Client().get(page_of(counted.ballot, "plan/1/")))


def test_a_project_that_was_hidden_since_is_called_by_its_number(make: Any, coordinator: Any) -> None:
    ballot = make(over=True, budget=100)
    project = BallotProjectFactory(ballot=ballot, cost=40, title="Bank voor Jan; van de hoek")
    BallotProjectFactory(ballot=ballot, cost=40)
    ProjectVoteFactory(ballot=ballot, choices=[1])
    counted = results.count(ballot=ballot, by=coordinator)
    address, download = (page_of(ballot, part) for part in ("uitslag/", "uitslag/stemmen.pb"))
    assert "Bank voor Jan" in words(Client().get(address))
    assert "Bank voor Jan" in Client().get(download).content.decode()

    deciding.hide(contribution=project, by=coordinator, reason="personal")

    page = Client().get(address)
    public = Client().get(download).content
    assert "Bank voor Jan" not in page.content.decode()
    assert "Project 1" in words(page)
    assert page_of(ballot, "plan/1/") not in page.content.decode()
    sums = set(re.findall(r"[0-9a-f]{64}", page.content.decode()))
    assert {counted.sha256, sha256(public).hexdigest()} <= sums
    assert public.decode() == counted.file.replace('"Bank voor Jan; van de hoek"', "Project 1")
    (mail,) = Notification.objects.filter(key="budget.ballot_counted")
    assert "These projects won: Project 1" in in_english(mail).body


def test_there_is_no_result_before_the_count(voting: Any) -> None:
    for part in ("uitslag/", "uitslag/stemmen.pb"):
        assert Client().get(page_of(voting, part)).status_code == 404


def test_the_front_page_leads_to_it_and_ones_own_overview_to_ones_projects(
    voting: Any, counted: Any, in_scope: Any
) -> None:
    front = words(Client().get("/polderwijk/"))
    assert "Vote on projects" in front
    assert counted.title in front
    project = BallotProject.objects.filter(ballot=voting).first()
    (shown,) = mine(in_scope, project.author)
    assert (shown.title, project.token in shown.url) == (project.title, True)


# -- Queries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "{}/", "{}/stemmen/", "werk/", "werk/{}/"])
def test_as_many_statements_for_one_as_for_thirty(make: Any, coordinator_client: Client, path: str) -> None:
    ballot = make(1, voting=True)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert coordinator_client.get(LIST + path.format(ballot.pk)).status_code == 200
        return len(asked)

    statements()
    one = statements()
    BallotProjectFactory.create_batch(29, ballot=ballot)
    for _other in range(15):
        make(2, voting=True)
    assert statements() == one


def test_looking_makes_nobody_a_participant(voting: Any, resident_client: Client) -> None:
    before = Participant.objects.count()
    for part in ("", "stemmen/", "plan/1/"):
        resident_client.get(page_of(voting, part))
    assert Participant.objects.count() == before


@pytest.mark.usefixtures("in_scope")
def test_a_project_is_found_by_its_title() -> None:
    BallotProjectFactory(title="Regenton bij de school", text="Voor de moestuin.", moderation="published")
    BallotProjectFactory(title="Regenton op het dak", text="Geheim.", moderation="hidden")
    found = Client().get("/polderwijk/zoeken/", {"q": "regenton"}).content.decode()
    assert "Regenton" in found
    assert "bij de school" in found
    assert "op het dak" not in found
