"""What tests share: a municipality with two areas, one user of every kind, and browsers that are signed in.

Polderwijk is a small rectangle (``tests.factories.core``); its wijken De Linde and Oostpolder are its western
and eastern half.
"""

import os
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.conf import settings as current
from django.test import Client
from django.utils import translation
from django_scopes import scope

from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import MunicipalityFactory, UserFactory, make_official, make_polderwijk
from tests.signing_in import browser_of
from trajecten.enums import Role

# Each worker of the tests has a database of its own, in Redis as in PostgreSQL.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
current.CACHES["default"]["LOCATION"] = re.sub(
    r"(?<=[=/])\d+$", lambda number: str(int(number[0]) + WORKER), current.REDIS_URL
)


# First, the longest before the others, so that no worker is left with them when the others are done.
LONGEST = ("test_start_to_stop.py", "test_demo.py", "test_whole_walk.py", "test_whole_budget.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


FOLDERS = count(1)


@pytest.fixture(autouse=True)
def files_of_this_test(settings: Any, tmp_path_factory: Any) -> None:
    """Uploads go to a folder of the test, which is made by the first of them; pages need no built and hashed static
    files, nor a search for them.

    All tests report from one address, so that address has no limit, but where the limit is tested.
    """
    settings.ANONYMOUS_REPORTS_PER_HOUR = settings.MAILS_PER_ADDRESS_PER_HOUR = 0
    settings.ANONYMOUS_REQUESTS_PER_HOUR = settings.OPEN311_REQUESTS_PER_MINUTE = 0
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media" / str(next(FOLDERS))
    settings.WHITENOISE_AUTOREFRESH = True  # otherwise each browser of a test looks at every file
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def english(settings: Any) -> Iterator[None]:
    """Pages in the language of the source, for tests of what a page says."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def municipality(db: None) -> Any:
    """Polderwijk, with its two areas."""
    return make_polderwijk()[0]


@pytest.fixture
def other_municipality(db: None) -> Any:
    return MunicipalityFactory(other=True)


@pytest.fixture
def in_scope(municipality: Any) -> Iterator[Any]:
    """Everything the test does itself happens within Polderwijk. Requests set a scope of their own."""
    with scope(municipality=municipality):
        yield municipality


@pytest.fixture
def areas(in_scope: Any) -> list[Any]:
    """De Linde (west) and Oostpolder (east)."""
    from trajecten.models import Area

    return list(Area.objects.order_by("code"))


@pytest.fixture
def resident(db: None) -> Any:
    return UserFactory(name="Bewoner", email="bewoner@example.org")


@pytest.fixture
def handler(municipality: Any) -> Any:
    return make_official(municipality, Role.HANDLER, "Behandelaar Openbare Ruimte")


@pytest.fixture
def coordinator(municipality: Any) -> Any:
    return make_official(municipality, Role.COORDINATOR, "Coördinator Participatie")


@pytest.fixture
def clerk(municipality: Any) -> Any:
    return make_official(municipality, Role.CLERK, "Griffier")


@pytest.fixture
def adviser(db: None) -> Any:
    """The adviser of ``schouw``."""
    return UserFactory(name="Adviseur", email="adviseur@example.org", is_adviser=True)


@pytest.fixture
def other_adviser(db: None) -> Any:
    """An adviser who has nothing to do with Polderwijk."""
    return UserFactory(name="Andere adviseur", email="adviseur2@example.org", is_adviser=True)


@pytest.fixture
def other_official(other_municipality: Any) -> Any:
    """A handler of Duinstad."""
    return make_official(other_municipality, Role.HANDLER, "Behandelaar Duinstad")


@pytest.fixture
def superuser(db: None) -> Any:
    return UserFactory(name="Beheerder", email="beheer@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def category(in_scope: Any) -> Any:
    return CategoryFactory(name="Stoep en straat")


@pytest.fixture
def schouw(in_scope: Any, category: Any, areas: list[Any], adviser: Any, coordinator: Any) -> Any:
    """The walk through De Linde, which is being held now and takes reports."""
    return SchouwFactory(
        categories=[category],
        trajectory__title="Schouw De Linde",
        trajectory__areas=areas[:1],
        trajectory__adviser=adviser,
        trajectory__coordinator=coordinator,
    )


@pytest.fixture
def report(schouw: Any, category: Any, areas: list[Any]) -> Any:
    """A new report of that walk, by a guest with an address."""
    return ReportFactory(schouw=schouw, category=category, area=areas[0])


@pytest.fixture
def sign_in(db: None) -> Callable[[Any], Client]:
    """Gives a browser in which this user is signed in."""
    return browser_of


@pytest.fixture
def handler_client(sign_in: Callable[[Any], Client], handler: Any) -> Client:
    return sign_in(handler)


@pytest.fixture
def coordinator_client(sign_in: Callable[[Any], Client], coordinator: Any) -> Client:
    return sign_in(coordinator)


@pytest.fixture
def resident_client(sign_in: Callable[[Any], Client], resident: Any) -> Client:
    return sign_in(resident)
