"""The story of a report: in order, and without what is not for everyone."""

import pytest

from buurtschouw.domain import answering, following
from buurtschouw.domain.history import changes_since, history
from trajecten.domain import activities
from trajecten.enums import Moderation

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def lived(report, handler, coordinator):
    """A report that was assigned, answered, called done, and came back."""
    activities.record(verb="reported", target=report, by=report.author, is_public=True)
    answering.assign(report=report, by=coordinator, to=handler)
    answering.moderate(report=report, by=handler, moderation=Moderation.PUBLISHED)
    answering.answer(report=report, by=handler, version=2, status="acknowledged", message="Wij gaan kijken.")
    answering.note(report=report, by=handler, text="Aannemer gebeld.")
    answering.answer(report=report, by=handler, version=3, status="done", message="Het is gemaakt.")
    following.judge(report=report, value="no", words="Bel mij op 06.")
    report.refresh_from_db()
    return report


def test_officials_see_everything_in_order_with_names(lived, handler, coordinator):
    told = [(event.title, event.by) for event in history(lived)]
    assert told == [
        ("Reported", ""),
        (f"Assigned to {handler}", str(coordinator)),
        ("Everybody may read the text", str(handler)),
        ("Acknowledged", str(handler)),
        ("Done, says the municipality", str(handler)),
        ("Not solved, says the reporter", ""),
        ("The report is open again", ""),
    ]


def test_the_public_story_has_no_names_no_inside_and_no_words_nobody_read(lived):
    events = history(lived, public=True)
    assert [event.title for event in events] == [
        "Reported",
        "Acknowledged",
        "Done, says the municipality",
        "Not solved, says the reporter",
        "The report is open again",
    ]
    assert not any(event.by for event in events)
    assert [event.text for event in events] == ["", "Wij gaan kijken.", "Het is gemaakt.", "", ""]


def test_reporters_read_their_own_words(lived):
    own = history(lived, own=True)
    assert own[3].text == "Bel mij op 06."
    assert not any(event.by for event in own)


def test_notes_are_in_no_story(lived):
    assert not any("Aannemer" in event.text for event in history(lived))


@pytest.mark.parametrize(
    ("version", "first"),
    [(1, "Assigned to"), (2, "Everybody may read"), (3, "Done, says"), (4, "Not solved")],
)
def test_changes_begin_after_the_version_that_was_seen(lived, version, first):
    changes = changes_since(lived, version)
    assert lived.version == 5
    assert changes[0].title.startswith(first)
    assert changes[-1].title == "The report is open again"


def test_nothing_changed_since_the_newest_version(lived):
    assert changes_since(lived, lived.version) == []


def test_an_answer_that_was_changed_is_told_as_it_was_given(report, handler):
    answering.answer(report=report, by=handler, version=1, status="done", message="Het is gemaakt.")
    following.judge(report=report, value="yes", words="Mooi.")
    following.judge(report=report, value="yes", words="Heel mooi.")
    following.judge(report=report, value="no")
    report.refresh_from_db()
    answering.answer(report=report, by=handler, version=report.version, status="done", message="Nu echt.")
    following.judge(report=report, value="yes")
    told = [event.title for event in history(report, own=True)]
    assert told == [
        "Done, says the municipality",
        "Solved, says the reporter",
        "Not solved, says the reporter",
        "The report is open again",
        "Done, says the municipality",
        "Solved, says the reporter",
    ]
