"""What a request came to, and whether it changed anything."""

from typing import Any

from django.apps import apps
from django.db import connection

from trajecten.models import MunicipalityOwned


def outcome(answer: Any) -> str:
    """The letter for what came of a request."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/"):
        return "L"
    if answer.status_code >= 500 and answer.status_code != 503:
        return str(answer.status_code)
    return {404: ".", 403: "x"}.get(answer.status_code, "+")


# What belongs to a municipality: of each table how many rows there are, and a mark of all that is in them.
KEPT = " UNION ALL ".join(
    f"SELECT '{model.__name__}', count(*), md5(string_agg(kept::text, '' ORDER BY id)) "
    f"FROM {model._meta.db_table} kept"
    for model in apps.get_models()
    if issubclass(model, MunicipalityOwned)
)


def kept() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return {name: marks for name, *marks in cursor.fetchall()}
