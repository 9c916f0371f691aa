""" "Promised and done": the public pages, the open data, the widget, and one's own page of a promise."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes.exceptions import ScopeError

from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    AreaFactory,
    AttachmentFactory,
    CommitmentFactory,
    CommitmentOriginFactory,
    CommitmentUpdateFactory,
    CouncilItemFactory,
    ParticipantFactory,
    TeamFactory,
    UserFactory,
    VerdictFactory,
)
from trajecten.domain import verdicts
from trajecten.domain.overview import pages
from trajecten.domain.promises import chains as promise_chains
from trajecten.domain.promises import changing, judging, moving, promised
from trajecten.enums import Moderation
from trajecten.models import Commitment

URL = "/polderwijk/beloofd-en-gedaan/"
JSON, CSV, RSS = (f"/polderwijk/beloofd-en-gedaan.{kind}" for kind in ("json", "csv", "rss"))
TODAY = timezone.localdate()


@pytest.fixture
def make(schouw: Any, handler: Any) -> Any:
    def make(status: str = "promised", **given: Any) -> Commitment:
        own = {"trajectory": schouw.trajectory, "owner": handler, "status": status}
        if status in ("done", "partly"):
            own |= {"round": 1, "closed_at": timezone.now()}
        return CommitmentFactory(**{**own, **given})

    return make


def shown(client: Any, query: str = "") -> list[int]:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200
    return [row.promise.pk for row in answer.context["rows"]]


def test_what_went_wrong_comes_first_and_then_the_newest(client: Any, make: Any) -> None:
    first, second = make(), make("done")
    late = make(deadline=TODAY - timedelta(days=1))
    later = make(deadline=TODAY - timedelta(days=9))
    returned = make("in_progress", round=1, verdict_no=1)
    last = make("broken", deadline=TODAY - timedelta(days=9))
    assert shown(client) == [later.pk, late.pk, returned.pk, last.pk, second.pk, first.pk]


@pytest.mark.parametrize("late", [0, 3, 10, 13])
def test_ten_to_a_page_whatever_of_them_is_late(client: Any, make: Any, late: int) -> None:
    wrong = [make(deadline=TODAY - timedelta(days=9)).pk for _ in range(late)]
    others = [make().pk for _ in range(13)]
    pages = [shown(client, f"page={page}") for page in range(1, 4)]
    assert [len(page) for page in pages[:2]] == [10, min(10, late + 3)]
    expected = wrong + others[::-1]
    assert (pages[0] + pages[1])[:20] == expected[:20]
    assert pages[2] == (expected[20:] or pages[1])


def test_a_letter_is_named_by_the_sentence_that_promises(client: Any, make: Any) -> None:
    make(
        text="Beste mevrouw,\n\nBedankt voor uw melding. Wij zijn wezen kijken. Wij maken de stoep vlak. Groet"
    )
    assert "Wij maken de stoep vlak.</a>" in client.get(URL).content.decode()


def test_a_card_says_once_by_when_and_in_one_line_how_far_it_is(
    client: Any, make: Any, english: None
) -> None:
    make(), make("done", verdict_yes=2)
    rows = client.get(URL).context["rows"]
    assert [row.stands for row in rows] == ["Verdict: 2 of 2 say yes", "Promised"]
    page = client.get(URL).content.decode()
    assert page.count("portal-chain-line__dots") == 2
    assert 'class="portal-chain"' not in page


def test_filters(client: Any, make: Any, areas: Any) -> None:
    team, buurt = TeamFactory(), AreaFactory(buurt=True, parent=areas[0])
    open_one, late = make(), make(deadline=TODAY - timedelta(days=1))
    done, here = make("done", team=team), make("broken", area=buurt)
    old = make("withdrawn")
    Commitment.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=400))
    assert shown(client, "status=open") == [late.pk, open_one.pk]
    assert shown(client, "status=late") == [late.pk]
    assert shown(client, "status=done") == shown(client, f"team={team.pk}") == [done.pk]
    assert shown(client, f"area={areas[0].pk}") == [here.pk]
    assert old.pk not in shown(client, f"year={TODAY.year}")
    assert old.pk not in shown(client, f"since={TODAY}")
    assert shown(client, f"until={TODAY - timedelta(days=399)}") == [old.pk]
    assert len(shown(client, f"since={TODAY}&until={TODAY}")) == 4
    assert len(shown(client, f"since={TODAY}&until={TODAY - timedelta(days=500)}")) == 5
    assert len(shown(client, f"trajectory={old.trajectory_id}")) == 5


@pytest.mark.parametrize(
    "query",
    [
        "status=zo",
        "team=abc",
        "area=0",
        "year=1",
        "year=2999",
        "trajectory=99999",
        "page=x",
        "since=x",
        "since=0001-01-01",
        "until=9999-12-31",
        "since=0001-01-01&until=9999-12-31",
        "until=2026-02-31",
    ],
)
def test_what_does_not_exist_asks_nothing(client: Any, make: Any, query: str) -> None:
    made = make()
    assert shown(client, query) == [made.pk]


def test_the_claim_of_the_municipality_stands_beside_what_residents_say(client: Any, make: Any) -> None:
    make("done", verdict_yes=2, verdict_no=1)
    make("partly", verdict_partly=1)
    make("broken"), make("withdrawn"), make("in_progress"), make(deadline=TODAY - timedelta(days=1))
    answer = client.get(URL)
    assert [row.values for row in answer.context["claims"].rows] == [(1,)] * 6
    assert [row.values for row in answer.context["verdicts"].rows] == [(2,), (1,), (1,)]
    assert answer.context["figures"].otherwise == 3


def test_the_front_page_counts_the_same(client: Any, make: Any) -> None:
    make("done", verdict_yes=1), make()
    with_year = promised.figures(promised.this_year())
    assert pages.promises() == with_year
    page = client.get("/polderwijk/")
    assert page.context["promises"] == with_year
    assert f'href="{URL}"' in page.content.decode()


def test_one_and_thirty_take_the_same_number_of_statements(client: Any, make: Any, areas: Any) -> None:
    def statements(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            b"".join(client.get(url))
        return len(captured)

    def with_origin() -> None:
        origin = ReportFactory(schouw__trajectory__title="x", public=True)
        CommitmentOriginFactory(
            commitment=make("done", area=areas[0], team=TeamFactory()), contribution=origin
        )

    with_origin()
    urls = (URL, JSON, CSV, RSS)
    one = [statements(url) for url in urls]
    for _ in range(24):
        with_origin()
    assert [statements(url) for url in urls] == one
    assert max(one) < 20


def test_the_page_of_a_promise_has_its_whole_history(
    client: Any, make: Any, handler: Any, english: None
) -> None:
    made = make()
    changing.change(
        commitment=made, text="Het wordt later.", deadline=TODAY + timedelta(days=40), owner=handler, by=handler,
        reason="De aannemer is ziek.",
    )  # fmt: skip
    moving.move(commitment=made, status="withdrawn", by=handler, reason="De weg vervalt.")
    page = client.get(f"{URL}{made.pk}/").content.decode()
    for words in ("De bank wordt gerepareerd.", "De aannemer is ziek.", "De weg vervalt.", "Another date"):
        assert words in page
    assert handler.name not in page


def test_words_of_residents_and_titles_that_are_not_public_stay_inside(client: Any, make: Any) -> None:
    report = ReportFactory(text="Buurman Van Zomeren doet het")
    made = make("done", owner=None, owner_participant=ParticipantFactory(display_name=""))
    CommitmentOriginFactory(commitment=made, contribution=report)
    VerdictFactory(target=made, value="no", words="Ik ben boos op Van Zomeren")
    page = client.get(f"{URL}{made.pk}/").content.decode()
    assert "Van Zomeren" not in page
    assert "@" not in page.replace("gemeente@example.org", "")


def test_only_photos_that_were_opened_are_shown(client: Any, make: Any) -> None:
    turn = CommitmentUpdateFactory(commitment=make())
    hidden, opened = AttachmentFactory(target=turn), AttachmentFactory(target=turn, is_public=True)
    page = client.get(f"{URL}{turn.commitment_id}/").content.decode()
    assert str(opened.uuid) in page
    assert str(hidden.uuid) not in page


def test_earlier_rounds_are_told(client: Any, make: Any, english: None) -> None:
    made = make("done", verdict_yes=1)
    Commitment.objects.filter(pk=made.pk).update(round=2)
    VerdictFactory(target=made, value="no", round=1)
    VerdictFactory(target=made, value="yes", round=2)
    page = client.get(f"{URL}{made.pk}/").content.decode()
    assert "The time before (1): 0 yes, 0 partly, 1 no." in page


def test_who_is_signed_in_and_behind_it_finds_the_own_page(
    resident_client: Any, resident: Any, make: Any
) -> None:
    me = ParticipantFactory(user=resident)
    report = ReportFactory(author=me)
    made = make("done")
    CommitmentOriginFactory(commitment=made, contribution=report)
    url = f"{URL}oordeel/{judging.token(commitment=made, participant=me)}/"
    assert url in resident_client.get(f"{URL}{made.pk}/").content.decode()
    assert "/oordeel/" not in resident_client.get(f"{URL}{make('done').pk}/").content.decode()


# -- Open data ------------------------------------------------------------------------------------------------


def test_json_has_stable_names_figures_and_pages(client: Any, make: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("trajecten.views.promises.exports.PER_PAGE", 2)
    made = [make("done", verdict_yes=3, text="<b>Ja</b>"), make(), make("broken", reason="Geen geld.")]
    answer = client.get(JSON)
    data = answer.json()
    assert [row["id"] for row in data["promises"]] == [made[2].pk, made[1].pk]
    assert data["figures"]["made"] == 3
    assert data["municipality"] == {"code": "GM9901", "name": "Polderwijk"}
    following = client.get(data["next"]).json()
    assert (following["promises"][0]["verdict_yes"], following["next"]) == (3, None)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert data["promises"][0]["reason"] == "Geen geld."
    assert not answer.cookies


def test_csv_has_every_promise_of_the_filter_and_no_formulas(client: Any, make: Any) -> None:
    make("done"), make(text="=HYPERLINK(1)")
    text = b"".join(client.get(f"{CSV}?status=open")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["text"] for row in rows] == ["'=HYPERLINK(1)"]
    assert rows[0]["url"].endswith(f"{URL}{rows[0]['id']}/")


def test_csv_is_sent_when_the_request_is_over(client: Any, municipality: Any) -> None:
    CommitmentOriginFactory(contribution=ReportFactory(public=True))
    answer = client.get(CSV)
    with pytest.raises(ScopeError):
        Commitment.objects.count()
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))
    assert [(row["status"], row["late"]) for row in rows] == [("promised", "0")]


def test_rss_tells_what_happened_last(client: Any, make: Any, handler: Any) -> None:
    made = make(text="Wij <leggen> het recht")
    moving.move(commitment=made, status="in_progress", by=handler, text="Begonnen.")
    answer = client.get(RSS)
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    page = answer.content.decode()
    assert "Begonnen." in page
    assert "Wij &lt;leggen&gt; het recht" in page
    assert f"{URL}{made.pk}/" in page


def test_the_widget_may_stand_on_any_site_and_keeps_nothing(
    client: Any, resident_client: Any, make: Any
) -> None:
    make("done")
    for browser in (client, resident_client):
        answer = browser.get(f"{URL}kader/")
        assert answer.status_code == 200
        assert not answer.cookies
        assert "X-Frame-Options" not in answer.headers
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        page = answer.content.decode()
        assert "<script" not in page
        assert "De bank wordt gerepareerd." in page
    for other in (URL, f"{URL}{make().pk}/"):
        assert client.get(other).headers["X-Frame-Options"] == "DENY"


# -- One's own page -------------------------------------------------------------------------------------------


@pytest.fixture
def mine(make: Any, report: Any) -> tuple[Commitment, str]:
    made = make("done")
    CommitmentOriginFactory(commitment=made, contribution=report)
    token = judging.token(commitment=made, participant=report.author)
    return made, f"{URL}oordeel/{token}/"


def test_looking_records_nothing_and_sending_does(client: Any, mine: Any, english: None) -> None:
    made, url = mine
    page = client.get(f"{url}1/partly/")
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    made.refresh_from_db()
    assert made.verdicts == 0
    answer = client.post(f"{url}1/partly/", {"words": "De helft."}, follow=True)
    made.refresh_from_db()
    assert made.verdict_partly == 1
    assert "De helft." in answer.content.decode()


def test_no_opens_it_again_and_asks_what_is_not_right(client: Any, mine: Any, english: None) -> None:
    made, url = mine
    answer = client.post(f"{url}1/no/", follow=True)
    made.refresh_from_db()
    assert made.status == "in_progress"
    page = answer.content.decode()
    assert "The promise is open again" in page
    assert "What is not right yet?" in page
    client.post(f"{url}1/no/", {"value": "no", "words": "De verf is weg."})
    assert verdicts.of(made).get().words == "De verf is weg."


def test_a_supporter_s_no_opens_nothing(client: Any, mine: Any, report: Any) -> None:
    made, _url = mine
    supporter = SupportFactory(report=report).participant
    client.post(f"{URL}oordeel/{judging.token(commitment=made, participant=supporter)}/1/no/")
    made.refresh_from_db()
    assert (made.status, made.verdict_no) == ("done", 1)


@pytest.mark.parametrize("value", ["misschien", "ja"])
def test_another_word_is_no_answer(client: Any, mine: Any, value: str) -> None:
    assert client.post(f"{mine[1]}1/{value}/").status_code == 422


def test_a_round_that_is_over_is_refused_with_a_word(
    client: Any, mine: Any, handler: Any, english: None
) -> None:
    made, url = mine
    moving.reopen(commitment=made, by=None)
    page = client.post(f"{url}1/yes/", follow=True).content.decode()
    assert "not called done any more" in page


def test_a_link_that_was_not_made_here_is_not_found(client: Any, mine: Any) -> None:
    assert client.get(f"{URL}oordeel/abc.def/").status_code == 404
    assert client.get(mine[1].replace("polderwijk", "nergens")).status_code == 404


def test_another_user_s_name_is_on_no_public_page(client: Any, make: Any) -> None:
    made = make(owner=UserFactory(name="Ambtenaar Met Naam"), team=TeamFactory(name="Groen"))
    for url in (URL, f"{URL}{made.pk}/", JSON):
        page = client.get(url).content.decode()
        assert "Ambtenaar Met Naam" not in page
        assert "Groen" in page


# -- What was promised to somebody whose words are not public ----------------------------------------------------


@pytest.fixture
def private_promise(report: Any) -> Any:
    """In answer to a report that nobody but its author may read yet."""
    promise = CommitmentFactory(trajectory=report.trajectory, text="Dag mevrouw Jansma, we komen langs.")
    CommitmentOriginFactory(commitment=promise, contribution=report)
    CommitmentUpdateFactory(commitment=promise)
    return promise


@pytest.mark.parametrize(
    "where",
    ["beloofd-en-gedaan/", "beloofd-en-gedaan.csv", "beloofd-en-gedaan.json", "beloofd-en-gedaan.rss"],
)
def test_words_to_somebody_whose_report_is_not_public_stay_out_of_public_pages(
    where: str, private_promise: Any, report: Any
) -> None:
    def read(path: str) -> str:
        answer = Client().get(f"/polderwijk/{path}")
        return (b"".join(answer) if answer.streaming else answer.content).decode()

    for path in (where, f"beloofd-en-gedaan/{private_promise.pk}/"):
        assert "Jansma" not in read(path)
        assert "Stoep en straat in De Linde" in read(path)
    report.moderation = Moderation.PUBLISHED
    report.save()
    assert "Jansma" in read(where)


def test_who_asked_for_it_reads_the_words_and_a_supporter_does_not(private_promise: Any, report: Any) -> None:
    supporter = SupportFactory(report=report).participant
    shown = {
        who: promised.words_for(commitment=private_promise, participant=who)
        for who in (report.author, supporter)
    }
    assert shown[report.author] == private_promise.text
    assert "Jansma" not in shown[supporter]


def test_what_a_council_decided_was_said_in_public(private_promise: Any) -> None:
    CommitmentOriginFactory(commitment=private_promise, contribution=CouncilItemFactory())
    assert promised.with_public_words([private_promise])[0].public_text == private_promise.text


def test_the_chain_of_a_promise_tells_what_the_council_decided(client: Any, make: Any, english: None) -> None:
    made, put, neither = make(), make(), make()
    item = CouncilItemFactory(trajectory=made.trajectory, status="adopted", decided_on=TODAY, origins=[put])
    CommitmentOriginFactory(commitment=made, contribution=item)
    chains = promise_chains.chains_of([made, put, neither])
    assert [chains[row.pk][2].state for row in (made, put, neither)] == ["done", "done", "skipped"]
    for row in (made, put):
        assert f"/polderwijk/raad/{item.pk}/" in client.get(f"{URL}{row.pk}/").content.decode()


@pytest.mark.parametrize(
    ("yes", "partly", "no", "state", "words"),
    [
        (2, 1, 0, "done", "2 of 3 say yes"),
        (0, 1, 0, "done", "1 of 1 says partly"),
        (1, 1, 0, "done", "1 of 2 say partly"),
        (1, 0, 1, "broken", "1 of 2 say no"),
    ],
)
def test_the_chain_says_what_most_residents_say(
    make: Any, english: None, yes: int, partly: int, no: int, state: str, words: str
) -> None:
    made = make("done", verdict_yes=yes, verdict_partly=partly, verdict_no=no)
    verdict = promise_chains.chain_of(made)[-1]
    assert (verdict.state, verdict.detail) == (state, words)


def test_who_says_partly_is_asked_at_once_what_is_missing(client: Any, mine: Any, english: None) -> None:
    _made, url = mine
    page = client.post(f"{url}1/partly/", follow=True).content.decode()
    assert '<details class="portal-disclosure" open>' in page
    page = client.post(f"{url}1/partly/", {"words": "The last bit."}, follow=True).content.decode()
    assert '<details class="portal-disclosure" open>' not in page
