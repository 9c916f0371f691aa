"""Which mail addresses and names are taken, and in what form they are kept."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection

from trajecten.forms.names import NameField
from trajecten.validators import canonical_email, is_email_address, without_directions


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jan@example.org", "jan@example.org"),
        (" Jan.De-Vries+schouw@Example.ORG ", "jan.de-vries+schouw@example.org"),
        ("jan@münchen.example", "jan@xn--mnchen-3ya.example"),
        ("JAN@MÜNCHEN.example", "jan@xn--mnchen-3ya.example"),
        ("jan@straße.example", "jan@xn--strae-oqa.example"),
        ("jan@xn--mnchen-3ya.example", "jan@xn--mnchen-3ya.example"),
        (f"{'a' * 242}@example.org", f"{'a' * 242}@example.org"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert canonical_email(typed) == kept
    message = EmailMessage("Hallo", "Dag.", "portaal@example.org", [kept])
    assert get_connection("django.core.mail.backends.locmem.EmailBackend").send_messages([message]) == 1


REFUSED = [
    "",
    "jan",
    "jan@",
    "@example.org",
    "jan@example",
    "jan@example..org",
    "jan..de.vries@example.org",
    "jan de vries@example.org",
    "jan@example.org, piet@example.org",
    "Jan <jan@example.org>",
    '"jan"@example.org',
    '"jan\x01"@example.org',
    "jan\x00@example.org",
    "jan\r\nBcc: piet@example.org",
    "jan\u202e@example.org",
    "jan@exam\u202eple.org",
    "ján@example.org",
    "\u212aees@example.org",  # the sign for kelvin, which becomes a k in lower case
    "jan@-é.example",
    "jan@☃️.example",
    f"a@{60 * 'é'}.nl",
    f"{'a' * 243}@example.org",
    f"{'a' * 249}@İ.nl",
    f"jan@{'é' * 100_000}.nl",
]


@pytest.mark.parametrize("typed", REFUSED, ids=ascii)
def test_what_mail_can_t_be_sent_to_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        canonical_email(typed)
    assert not is_email_address(typed)


@pytest.mark.parametrize(
    "letter", list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
def test_a_name_keeps_no_letter_that_turns_the_text_around_it(letter: str) -> None:
    assert without_directions(f"Team{letter} Groen") == "Team Groen"
    assert NameField().clean(f" {letter}Team Groen{letter} ") == "Team Groen"
    with pytest.raises(ValidationError):
        NameField().clean(letter)


@pytest.mark.parametrize("name", ["فريق الحي", "צוות", "Zoë Müller-d’Arc", "👩‍🌾 Groen"])
def test_names_in_any_script_stay_as_they_are(name: str) -> None:
    assert NameField().clean(name) == name
