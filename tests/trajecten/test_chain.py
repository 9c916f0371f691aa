"""The chain, the same in every method."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from trajecten.domain import chain as chains
from trajecten.domain.chain import SKIPPED, TODO, Link, chain, short_day

pytestmark = pytest.mark.usefixtures("english")


def test_the_links_have_their_order_and_names() -> None:
    links = chain(said=Link("done", "3 Nov"), promised=TODO, decided=SKIPPED, done=TODO, verdict=Link("now"))
    assert [(link.label, link.state, link.detail) for link in links] == [
        ("Said", "done", "3 Nov"),
        ("Promised", "todo", ""),
        ("Decided", "skipped", ""),
        ("Done", "todo", ""),
        ("Your verdict", "now", ""),
    ]


def test_for_others_it_is_not_their_verdict() -> None:
    links = chain(said=TODO, promised=TODO, decided=TODO, done=TODO, verdict=TODO, own=False)
    assert links[-1].label == "Verdict"


def test_every_state_is_said_in_words_too() -> None:
    words = [
        chains.ChainLink("", state).state_label for state in ("done", "now", "todo", "broken", "skipped")
    ]
    assert words == ["complete", "now", "still to come", "not kept", "does not apply"]


def test_a_state_may_have_words_of_its_own_or_none_beside_its_detail() -> None:
    links = chain(
        said=Link("done"),
        promised=Link("done", "by 3 Nov", words="pledged"),
        decided=SKIPPED,
        done=TODO,
        verdict=Link("broken", "not solved", words=""),
    )
    assert [link.state_label for link in links] == [
        "complete",
        "pledged",
        "does not apply",
        "still to come",
        "",
    ]


def test_a_day_is_short_in_the_reader_s_language_and_in_dutch_time() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert (short_day(date(2026, 3, 2)), short_day(late)) == ("2 Mar", "2 Mar")
    with translation.override("nl"):
        assert short_day(late) == "2 mrt"
