"""Which mail addresses are taken, and in what form they are kept."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection

from trajecten.validators import canonical_email, is_email_address


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
