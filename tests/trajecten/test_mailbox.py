"""Reading the mail that the demo caught."""

from datetime import UTC, datetime

import pytest
from csp.constants import NONE
from django.core.mail import EmailMultiAlternatives
from django.http import Http404

from trajecten.demo import mailbox
from trajecten.views import demo


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAIL_SINK_DIR = tmp_path
    (tmp_path / "new").mkdir()
    return tmp_path / "new"


@pytest.mark.parametrize("date", ["Tue, 24 Nov 2026 03:16:00 -0000", "Tue, 24 Nov 2026 04:16:00 +0100"])
def test_the_time_of_a_mail_is_a_moment_whatever_zone_it_was_written_in(folder, date):
    (folder / "one").write_text(f"To: resident@example.org\nSubject: Hallo\nDate: {date}\n\nDag.\n")

    assert mailbox.read("one").at == datetime(2026, 11, 24, 3, 16, tzinfo=UTC)


def test_a_mail_without_a_date_is_shown_too(folder):
    (folder / "one").write_text("To: resident@example.org\nSubject: Hallo\n\nDag.\n")

    (mail,) = mailbox.newest()

    assert (mail.at, mail.to, mail.subject, mail.text) == (None, "resident@example.org", "Hallo", "Dag.\n")


def test_a_mail_with_html_is_shown_as_it_looks_in_a_frame_that_runs_nothing(folder, rf, settings):
    mail = EmailMultiAlternatives("Hallo", "Dag.", "portaal@example.org", ["resident@example.org"])
    mail.attach_alternative("<html><head></head><body>Dag.</body></html>", "text/html")
    (folder / "one").write_bytes(mail.message().as_bytes())

    shown = demo.message_html(rf.get("/"), "one")

    assert shown.content.decode().strip() == (
        '<html><head><base target="_top"></head><body>Dag.</body></html>'
    )
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert shown._csp_replace["default-src"] == [NONE]


def test_a_mail_without_html_has_no_frame(folder, rf):
    (folder / "one").write_text("To: resident@example.org\nSubject: Hallo\n\nDag.\n")

    with pytest.raises(Http404):
        demo.message_html(rf.get("/"), "one")
