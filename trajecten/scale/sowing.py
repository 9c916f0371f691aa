"""Many rows of a model at once: made by the database, without an object for each."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import AutoField, DateField, ForeignKey, Model
from django.db.models.fields import NOT_PROVIDED
from django.utils import timezone


def sow(
    model: type[Model],
    *,
    source: str,
    params: Iterable[Any] = (),
    values: Mapping[str, Any] | None = None,
    made: Mapping[str, str] | None = None,
) -> int:
    """Insert a row of the model for each row of ``source``. Returns how many.

    ``source`` is what follows FROM in SQL, with its ``params``. ``values`` are the same for all rows, by the name of
    the field; ``made`` are expressions in SQL over the source. A field in neither has its default, or is empty. All
    SQL here is the program's own; nothing that a visitor typed comes near it. Raises what the database raises.
    """
    columns, expressions, given = [], [], []
    for field in model._meta.local_concrete_fields:
        if isinstance(field, AutoField) or field.generated:
            continue
        columns.append(f'"{field.column}"')
        if made and field.name in made:
            expressions.append(made[field.name])
        else:
            expressions.append(f"%s::{_type(field)}")
            given.append(_value(field, values or {}))
    sql = (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) '  # noqa: S608
        f"SELECT {', '.join(expressions)} FROM {source}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*given, *params])
        return int(cursor.rowcount)


def _type(field: Any) -> str:
    """The type of the column, without its length."""
    target = field.target_field if isinstance(field, ForeignKey) else field
    kind = target.rel_db_type(connection) if isinstance(field, ForeignKey) else field.db_type(connection)
    return str(kind).partition("(")[0] if str(kind).startswith("varchar") else str(kind)


def _value(field: Any, values: Mapping[str, Any]) -> Any:
    if field.name in values:
        value = values[field.name]
        value = value.pk if isinstance(value, Model) else value
    elif isinstance(field, DateField) and (field.auto_now or field.auto_now_add):
        value = timezone.now()
    elif field.default is not NOT_PROVIDED or not field.null:
        value = field.get_default()
    else:
        value = None
    if isinstance(value, dict | list) and field.get_internal_type() == "JSONField":
        return json.dumps(value)
    return field.get_db_prep_value(value, connection) if value is not None else None
