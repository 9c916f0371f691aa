"""The sentence by which a promise is named in a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajecten.domain.promises.wording import LONGEST, headline


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Wij leggen een zebrapad aan.", "Wij leggen een zebrapad aan."),
        ("Beste bewoner,\n\nBedankt voor uw melding. We planten bomen.\nGroet", "We planten bomen."),
        (
            "Wij zijn wezen kijken. De stoep ligt scheef. In week 4 maken wij hem vlak.",
            "In week 4 maken wij hem vlak.",
        ),
        ("In mei komt er een bank.", "In mei komt er een bank."),
        (
            "Wij vinden dit een goed idee. Op dinsdag 8 december plaatsen wij het. De kinderen kiezen mee.",
            "Op dinsdag 8 december plaatsen wij het.",
        ),
        (
            "Er moet een nieuw slot in. De monteur komt op donderdag 29 oktober. Tot die tijd kunt u wachten.",
            "De monteur komt op donderdag 29 oktober.",
        ),
        ("De lamp is besteld. De monteur vervangt hem.", "De lamp is besteld."),
        ("Beste bewoner,", "Beste bewoner,"),
        ("", ""),
        ("Wij " + "heel " * 60 + "snel.", "Wij" + " heel" * 31 + "…"),
    ],
)
def test_it_is_the_first_sentence_that_promises(text: str, named: str) -> None:
    assert headline(text) == named


@given(st.text())
def test_it_is_never_longer_than_a_list_has_room_for(text: str) -> None:
    assert len(headline(text)) <= LONGEST
