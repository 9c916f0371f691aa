"""What script/start refuses before it starts anything."""

import os
import socket
import subprocess
import time

import pytest


def start(checkout, **settings):
    began = time.monotonic()
    answer = subprocess.run(
        [checkout.root / "script/start"],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return answer, time.monotonic() - began


def test_a_taken_port_is_said_at_once_with_what_to_do(checkout):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer, seconds = start(checkout, PORT=str(port))

    assert answer.returncode == 1
    assert answer.stderr == (
        f"Port {port} is taken by another program. Choose another one:  PORT={port + 1} script/start\n"
    )
    assert seconds < 3


@pytest.mark.parametrize("port", ["0", "70000", "abc", "80 80", "-1"])
def test_a_port_that_is_none_is_said_at_once(checkout, port):
    answer, _ = start(checkout, PORT=port)

    assert answer.returncode == 1
    assert answer.stderr == (
        f"PORT={port} is not a port. Choose a number from 1 to 65535:  PORT=8001 script/start\n"
    )


def test_a_second_start_of_the_same_checkout_names_where_the_first_runs(checkout):
    first = checkout.start(
        "mkdir -p $ROOT/var/run; echo http://127.0.0.1:8123 >$ROOT/var/run/address\n"
        "exec {started}>>$ROOT/var/run/start.lock; flock -n $started; echo up; sleep 30"
    )
    assert first.stdout.readline() == "up\n"
    answer, _ = start(checkout, PORT="8123")
    first.kill()
    first.communicate(timeout=10)

    assert answer.returncode == 1
    assert answer.stderr == "The portal of this checkout runs already: http://127.0.0.1:8123\n"
