"""The private PostgreSQL and Redis of script/lib/services.sh, with real servers."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.house.conftest import Checkout

USE = "trap services_down EXIT; services_up demo; "
QUERY = 'in_postgres psql -d "$DATABASE" -tAc '


def servers_of(checkout: Checkout) -> list[int]:
    """Process ids of servers whose working folder lies in the checkout."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            folder = str(entry.readlink())
        except OSError:
            continue
        if folder.startswith((f"{checkout.root}/var/postgres", f"{checkout.root}/var/redis")):
            found.append(int(entry.parent.name))
    return found


def test_both_servers_answer_and_are_stopped_afterwards(checkout):
    answer = checkout.bash(
        USE + f"{QUERY} \"CREATE EXTENSION postgis; SELECT ST_SRID('SRID=28992;POINT(0 0)'::geometry)\"\n"
        'redis-cli -s "$PRIVATE_REDIS" ping; echo "$DATABASE_URL $REDIS_URL"'
    )

    assert answer.returncode == 0, answer.stdout
    assert "28992\nPONG\npostgis://movisie@/movisie?host=/tmp/movisie-" in answer.stdout
    assert "unix:///tmp/movisie-" in answer.stdout
    assert servers_of(checkout) == []


def test_nothing_listens_on_a_network_port(checkout):
    answer = checkout.bash(
        USE + f'{QUERY} "SHOW listen_addresses"\n'
        'redis-cli -s "$PRIVATE_REDIS" config get port; stat -c %a "$SOCKETS"'
    )

    assert answer.stdout.split("\n") == ["", "port", "0", "700", ""]


def test_the_log_of_the_database_has_no_statements_no_values_and_one_reader(checkout):
    answer = checkout.bash(
        USE + f"{QUERY} 'CREATE TABLE addresses (mail text UNIQUE)' >/dev/null\n"
        f"for _ in 1 2; do {QUERY} \"INSERT INTO addresses VALUES ('jan@example.org')\" 2>/dev/null || true; done\n"
        'stat -c %a "$ROOT/var/log/postgres-demo.log"'
    )

    log = (checkout.root / "var/log/postgres-demo.log").read_text()
    assert answer.stdout.split() == ["INSERT", "0", "1", "600"]
    assert "duplicate key value" in log
    assert "INSERT" not in log
    assert "jan@example.org" not in log


def test_the_last_user_stops_the_servers(checkout):
    long = checkout.start(USE + "echo up; read -r line", stdin=-1)
    assert long.stdout.readline() == "up\n"

    short = checkout.bash(USE + "echo done")
    still = servers_of(checkout)
    long.communicate("leave\n", timeout=60)

    assert short.stdout == "done\n"
    assert len(still) > 1
    assert servers_of(checkout) == []


def test_data_survive_a_hard_kill_of_the_script_and_both_servers(checkout):
    killed = checkout.start(
        USE + f"{QUERY} 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)' >/dev/null\n"
        'redis-cli -s "$PRIVATE_REDIS" set kept 8; sleep 1.5; echo "$(postgres_pid) $(redis_pid)"; sleep 60',
        start_new_session=True,
    )
    assert killed.stdout.readline() == "OK\n"
    for pid in killed.stdout.readline().split():
        os.kill(int(pid), signal.SIGKILL)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=10)

    answer = checkout.bash(USE + f'{QUERY} "SELECT n FROM kept"; redis-cli -s "$PRIVATE_REDIS" get kept')

    assert answer.stdout == "7\n8\n"


def test_a_pid_file_that_names_a_stranger_does_not_keep_postgres_from_starting(checkout):
    checkout.bash(USE)
    pid_file = checkout.root / "var/postgres/demo/postmaster.pid"
    pid_file.write_text(
        f"{os.getpid()}\n{pid_file.parent}\n1700000000\n5432\n/tmp\n\n  5432001         1\nready\n"
    )
    shutil.chown(pid_file, pid_file.parent.owner())

    answer = checkout.bash(USE + f"{QUERY} 'SELECT 5'")

    assert answer.stdout == "5\n"


def test_addresses_that_are_set_are_used_and_nothing_is_started(checkout):
    given = {"DATABASE_URL": "postgis://u@db.example.org/x", "REDIS_URL": "redis://redis.example.org/0"}

    answer = checkout.bash(USE + 'echo "$DATABASE_URL $REDIS_URL"', env=given)

    assert answer.stdout == f"{given['DATABASE_URL']} {given['REDIS_URL']}\n"
    assert servers_of(checkout) == []


def test_a_socket_folder_of_somebody_else_is_refused(checkout):
    folder = Path(checkout.bash('echo "/tmp/movisie-$(service_id)"').stdout.strip())
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    try:
        answer = checkout.bash(USE)
    finally:
        folder.rmdir()

    assert answer.returncode == 1
    assert f"Refused: {folder} exists and is not a private folder" in answer.stdout


def test_every_test_run_has_a_database_of_its_own_that_goes_away(checkout):
    first = checkout.start(
        "trap services_down EXIT; services_up test; echo $DATABASE; read -r line", stdin=-1
    )
    first_name = first.stdout.readline().strip()
    listing = f"{QUERY} \"SELECT string_agg(datname, ' ') FROM pg_database WHERE datname ~ '^movisie'\""
    second = checkout.bash(f"trap services_down EXIT; services_up test; echo $DATABASE; {listing}")
    first.communicate("leave\n", timeout=60)
    third = checkout.bash(f"trap services_down EXIT; services_up test; {listing}")

    second_name, both = second.stdout.strip().split("\n")
    assert set(both.split()) == {first_name, second_name}
    assert first_name not in third.stdout
    assert second_name not in third.stdout


@pytest.mark.skipif(
    os.geteuid() != 0, reason="Only root can own a checkout that the database's user cannot reach"
)
def test_a_checkout_out_of_reach_keeps_its_data_elsewhere(tmp_path):
    tmp_path.chmod(0o700)
    checkout = Checkout(tmp_path / "portal")
    try:
        answer = checkout.bash(USE + f"{QUERY} 'SELECT 6'")
        link = (checkout.root / "var/postgres").readlink()

        assert answer.stdout == "6\n"
        assert str(link).startswith("/var/tmp/movisie-portal-")
        assert link.stat().st_mode & 0o777 == 0o700
    finally:
        checkout.tidy()


def test_a_killed_script_lets_go_of_its_lock(checkout):
    killed = checkout.start(USE + "echo up; sleep 60", start_new_session=True)
    assert killed.stdout.readline() == "up\n"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=10)
    began = time.monotonic()

    assert checkout.bash(USE + "echo in").stdout == "in\n"
    assert time.monotonic() - began < 20
    assert servers_of(checkout) == []
