"""Open311 as another system meets it: a client that knows the specification only, and a portal that really runs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from buurtschouw.models import Report
from tests.buurtschouw.open311 import client
from tests.e2e.conftest import RunningPortal
from tests.factories.core import StaffRoleFactory, UserFactory
from tests.factories.open311 import api_key
from trajecten.enums import Role

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]


@pytest.fixture
def words(portal: RunningPortal) -> str:
    """A key in words, made by a coordinator."""

    def make() -> str:
        owner = StaffRoleFactory(
            user=UserFactory(name="Coördinator"), municipality=portal.municipality, role=Role.COORDINATOR
        ).user
        return api_key(portal.municipality, owner)[1]

    return portal.committed(make)


@pytest.mark.parametrize("form", ["xml", "json"])
def test_a_client_goes_the_whole_way(portal: RunningPortal, words: str, form: str) -> None:
    said = f"Deze lamp knippert ({form})."
    discovery = portal.address(f"open311/discovery.{form}")
    command = [
        sys.executable,
        "-I",
        str(Path(client.__file__)),
        discovery,
        words,
        form,
        "52.51",
        "4.915",
        said,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)

    report = Report.objects.get(text=said)
    theme = report.category
    assert found.pop("services") >= portal.schouw.categories.count()
    assert found == {
        "asked": list(theme.questions.values_list("code", flat=True)),
        "number": str(report.pk),
        "is_same": True,
        "is_listed": True,
        "refusal": [400, [400]],
        "status": "closed",
        "place": [52.51, 4.915],
        "update": [str(report.pk), "fixed"],
    }
    assert (report.status, report.origin) == ("done", "open311")
    assert [fact["answer"] for fact in report.facts] == ["mast 42"]
