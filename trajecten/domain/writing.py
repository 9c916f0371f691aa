"""New rows that belong together, inserted by one statement.

For what a resident waits for: a report, its author, their consent, the log and the owed message are one trip to
the database instead of five, and there is no moment at which some of them exist (docs/adr/0013). Columns and
values come from the models, as with ``bulk_create``: no signals are sent, and nothing is validated.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import AutoField, ForeignKey, Model
from django.db.models.expressions import RawSQL

Row = TypeVar("Row", bound=Model, covariant=True)


@dataclass(frozen=True)
class New(Generic[Row]):
    """A row to insert. ``on_conflict`` is what follows ON CONFLICT in SQL; never anything a visitor typed."""

    row: Row
    on_conflict: str = ""


def insert(*news: New[Model]) -> None:
    """Insert the rows and give each its primary key; None for one that a conflict left out.

    A row may point at one that comes before it, by a foreign key or a generic one, though that has no key
    yet. A field may hold a ``RawSQL``: the database computes it, and the row gets what came out. Raises what the
    database raises, as any insert does.
    """
    parts: list[_Part] = []
    keys: dict[int, str] = {}
    for new in news:
        parts.append(_part(new, f"row_{len(parts)}", keys))
        keys[id(new.row)] = parts[-1].read(parts[-1].returned[0][1])
    wanted = [(part, attribute, part.read(column)) for part in parts for attribute, column in part.returned]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {', '.join(f'{part.name} AS ({part.sql})' for part in parts)}"
            f" SELECT {', '.join(sql for _, _, sql in wanted)}",
            [value for part in parts for value in part.values],
        )
        found = cursor.fetchone()
    for (part, attribute, _), value in zip(wanted, found, strict=True):
        setattr(part.row, attribute, value)
        part.row._state.adding = False
    for new in news:
        _point_at_keys(new.row, keys)


@dataclass(frozen=True)
class _Part:
    """One INSERT of the statement. ``returned`` are attributes of the row and their columns, the key first."""

    name: str
    row: Model
    sql: str
    values: list[Any]
    returned: list[tuple[str, str]]

    def read(self, column: str) -> str:
        return f'(SELECT "{column}" FROM {self.name})'  # noqa: S608


def _part(new: New[Model], name: str, keys: dict[int, str]) -> _Part:
    meta = new.row._meta
    columns, places, values = [], [], []
    returned = [("pk", str(meta.pk.column))]
    for column in _columns(type(new.row)):
        columns.append(column.name)
        earlier = keys and keys.get(id(column.target_of(new.row)))
        if earlier:
            places.append(earlier)
            continue
        field = column.field
        value = field.pre_save(new.row, True)
        if isinstance(value, RawSQL):
            places.append(f"({value.sql})")
            values += value.params
            returned.append((field.attname, str(field.column)))
            continue
        value = field.get_db_prep_save(value, connection)
        values.append(value)
        places.append(field.get_placeholder(value, None, connection) if column.has_placeholder else "%s")
    conflict = f" ON CONFLICT {new.on_conflict}" if new.on_conflict else ""
    read_back = ", ".join(f'"{column}"' for _, column in returned)
    sql = (
        f'INSERT INTO "{meta.db_table}" ({", ".join(columns)}) VALUES ({", ".join(places)}){conflict}'  # noqa: S608
        f" RETURNING {read_back}"
    )
    return _Part(name, new.row, sql, values, returned)


@dataclass(frozen=True)
class _Column:
    """A column that an insert fills. ``pointer`` is the relation, plain or generic, that it is the key of."""

    name: str
    field: Any
    pointer: Any
    has_placeholder: bool

    def target_of(self, row: Model) -> Model | None:
        """The object that the column refers to, as far as it is in memory."""
        return self.pointer.get_cached_value(row, default=None) if self.pointer else None


@cache
def _columns(model: type[Model]) -> tuple[_Column, ...]:
    generic = {getattr(each, "fk_field", None): each for each in model._meta.private_fields}
    return tuple(
        _Column(
            name=f'"{field.column}"',
            field=field,
            pointer=field if isinstance(field, ForeignKey) else generic.get(field.name),
            has_placeholder=hasattr(field, "get_placeholder"),
        )
        for field in model._meta.local_concrete_fields
        if not field.generated and not isinstance(field, AutoField)
    )


def _point_at_keys(row: Model, keys: dict[int, str]) -> None:
    """Fill in the keys that the objects in memory did not have when they were tied together."""
    for column in _columns(type(row)):
        target = column.target_of(row)
        if target is not None and id(target) in keys:
            setattr(row, column.field.attname, target.pk)
