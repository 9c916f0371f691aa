"""The mail sink of the demo, over real SMTP and in a process of its own."""

import hashlib
import mailbox
import os
import signal
import smtplib
import socket
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.house.conftest import ROOT


class Sink:
    """`manage.py mail_sink`, running."""

    def __init__(self, directory: Path, port: int) -> None:
        self.directory, self.port = directory, port
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "mail_sink", "--port", str(port), "--directory", str(directory)],
            cwd=ROOT,
            env=os.environ | {"DEMO": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.greeting = self.process.stdout.readline()

    def send(self, *messages: EmailMessage | bytes) -> None:
        with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as client:
            for message in messages:
                raw = message if isinstance(message, bytes) else message.as_bytes()
                client.sendmail("portal@example.org", ["resident@example.org"], raw)

    def filed(self) -> list[mailbox.MaildirMessage]:
        return list(mailbox.Maildir(self.directory, create=False))

    def deliveries(self) -> list[str]:
        return (self.directory / "deliveries.log").read_text().split()

    def stop(self) -> str:
        self.process.terminate()
        output, _ = self.process.communicate(timeout=10)
        return output


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def mail(message_id: str, text: str = "Dank u wel.") -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"], message["Subject"] = message_id, "Uw melding"
    message.set_content(text)
    return message


@pytest.fixture
def sink(tmp_path):
    sink = Sink(tmp_path / "mail", free_port())
    yield sink
    if sink.process.poll() is None:
        sink.stop()


def test_a_message_is_filed_as_it_was_sent(sink):
    sink.send(mail("<one@example.org>", "U hoort van ons: één week."))

    (message,) = sink.filed()
    assert message["Message-ID"] == "<one@example.org>"
    assert "U hoort van ons: één week." in message.get_payload(decode=True).decode()


def test_the_same_message_twice_is_filed_once_but_counted_twice(sink):
    sink.send(mail("<one@example.org>"), mail("<two@example.org>"))
    sink.send(mail("<one@example.org>"))

    first, second = (hashlib.sha256(f"<{name}@example.org>".encode()).hexdigest() for name in ("one", "two"))
    assert sorted(message["Message-ID"] for message in sink.filed()) == [
        "<one@example.org>",
        "<two@example.org>",
    ]
    assert sink.deliveries() == [first, second, first]


def test_a_message_that_was_read_is_not_filed_again(sink):
    sink.send(mail("<one@example.org>"))
    box = mailbox.Maildir(sink.directory, create=False)
    ((key, message),) = box.items()
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message
    sink.send(mail("<one@example.org>"))

    assert len(sink.filed()) == 1
    assert len(sink.deliveries()) == 2


def test_messages_without_an_id_are_told_apart_by_their_content(sink):
    sink.send(b"Subject: a\r\n\r\nfirst\r\n", b"Subject: a\r\n\r\nsecond\r\n", b"Subject: a\r\n\r\nfirst\r\n")

    assert len(sink.filed()) == 2
    assert len(sink.deliveries()) == 3


def test_a_message_id_cannot_choose_where_the_file_goes(sink):
    sink.send(mail("<../../../escaped@example.org>"), mail(f"<{'x' * 400}@example.org>"))

    assert len(sink.filed()) == 2
    assert sorted(path.name for path in sink.directory.parent.iterdir()) == ["mail"]


def test_what_was_accepted_is_there_after_a_hard_kill(sink, tmp_path):
    sink.send(mail("<one@example.org>"))
    sink.process.kill()
    sink.process.communicate(timeout=10)
    (tmp_path / "mail/tmp/half-written").write_bytes(b"Subject: hal")
    again = Sink(tmp_path / "mail", free_port())
    again.send(mail("<one@example.org>"), mail("<two@example.org>"))
    again.stop()

    assert sorted(message["Message-ID"] for message in again.filed()) == [
        "<one@example.org>",
        "<two@example.org>",
    ]
    assert len(again.deliveries()) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_and_says_nothing_personal(sink, number):
    sink.send(mail("<one@example.org>"))
    sink.process.send_signal(number)
    output, _ = sink.process.communicate(timeout=10)

    assert sink.process.returncode == 0
    assert (
        sink.greeting
        == f"The mail sink listens on 127.0.0.1:{sink.port} and files mail in {sink.directory}\n"
    )
    assert output == ""


def test_a_taken_port_is_said(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sink = Sink(tmp_path / "mail", port)
        sink.process.communicate(timeout=20)

    assert sink.process.returncode == 1
    assert sink.greeting == f"CommandError: Port {port} of 127.0.0.1 cannot be used: Address already in use\n"


def test_a_full_disk_is_told_to_the_sender_who_keeps_the_message(sink):
    (sink.directory / "new").rmdir()

    with pytest.raises(smtplib.SMTPDataError) as refusal:
        sink.send(mail("<one@example.org>"))

    assert refusal.value.smtp_code == 451
    assert not (sink.directory / "deliveries.log").exists()
