"""What a machine lacks, and what the checkout is made from."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.conftest import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
FULL_LIST = (
    "postgresql-postgis redis-server gdal-bin gettext"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
)


def pins(name: str) -> set[str]:
    return set(re.findall(r"^[\w.-]+==\S+", (ROOT / "requirements" / name).read_text(), re.MULTILINE))


@pytest.fixture
def bare_machine(checkout, tmp_path) -> str:
    """Commands that put the programs we look for out of sight, so that the machine seems to have none."""
    for name in ("bash", "env", "cat", "grep", "sort", "head", "id", "sha256sum", "cut", "mkdir"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    return f"PATH={tmp_path}; find_postgres() {{ return 1; }}; has_library() {{ return 1; }}; "


def test_everything_that_is_missing_is_listed(checkout, bare_machine):
    answer = checkout.bash(bare_machine + "missing_to_run")

    assert answer.stdout.split() == FULL_LIST.split()


def test_a_user_who_may_not_install_is_told_exactly_what(checkout, bare_machine):
    answer = checkout.bash(
        '. "$ROOT/script/lib/packages.sh"\n' + bare_machine + "become_root() { return 1; }\n"
        "install_packages $(missing_to_run)"
    )

    assert answer.returncode == 1
    assert f"  {FULL_LIST}\n" in answer.stdout
    assert f"apt-get install --no-install-recommends {FULL_LIST}\n" in answer.stdout


def test_nothing_is_missing_here(checkout):
    assert checkout.bash("missing_to_run").stdout == ""


@pytest.mark.parametrize(("smaller", "larger"), [("base.txt", "demo.txt"), ("demo.txt", "dev.txt")])
def test_locks_agree(smaller, larger):
    assert pins(smaller)
    assert pins(smaller) <= pins(larger)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_locked_by_hash_and_names_no_registry(lock):
    text = lock.read_text()

    assert all(
        re.search(rf"^{re.escape(pin)}.*\\\n +--hash=sha256:", text, re.MULTILINE) for pin in pins(lock.name)
    )
    assert not re.search(r"^ *-|https?://", text.replace("    --hash", ""), re.MULTILINE)


@pytest.fixture
def project(tmp_path) -> Path:
    """A small project with one template, and the check of the catalogue."""
    (tmp_path / "script/lib").mkdir(parents=True)
    (tmp_path / "script/lib/check-catalogue.sh").symlink_to(ROOT / "script/lib/check-catalogue.sh")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text('{% load i18n %}{% translate "Good morning" %}')
    (tmp_path / "locale/nl/LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def check(project: Path, catalogue: str) -> subprocess.CompletedProcess[str]:
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (project / "locale/nl/LC_MESSAGES/django.po").write_text(header + catalogue)
    return subprocess.run(
        ["bash", project / "script/lib/check-catalogue.sh"],
        env=os.environ | {"LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_complete_catalogue_passes(project):
    answer = check(project, 'msgid "Good morning"\nmsgstr "Goedemorgen"\n')

    assert (answer.returncode, answer.stdout) == (0, "")


@pytest.mark.parametrize(
    ("catalogue", "complaint"),
    [
        ('msgid "Good morning"\nmsgstr ""\n', "# Without a Dutch translation:"),
        ('msgid "Good night"\nmsgstr "Welterusten"\n', 'msgid "Good morning"'),
        ('#, fuzzy\nmsgid "Good morning"\nmsgstr "Goedenavond"\n', "# With a translation marked as fuzzy:"),
    ],
    ids=["untranslated", "not collected", "fuzzy"],
)
def test_an_incomplete_catalogue_fails(project, catalogue, complaint):
    answer = check(project, catalogue)

    assert answer.returncode == 1
    assert complaint in answer.stdout
