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

Row = TypeVar("Row", bound=Model, covariant=True)


@dataclass(frozen=True)
class New(Generic[Row]):
    """A row to insert. ``on_conflict`` is what follows ON CONFLICT in SQL; never anything a visitor typed."""

    row: Row
    on_conflict: str = ""


def insert(*news: New[Model]) -> None:
    """Insert the rows and give each its primary key; None for one that a conflict left out.

    A row may point at one that comes before it, by a foreign key or a generic one, though that has no key
    yet. Raises what the database raises, as any insert does.
    """
    parts: list[str] = []
    values: list[Any] = []
    names: dict[int, str] = {}
    for new in news:
        sql, found = _insert_sql(new, names)
        name = f"row_{len(parts)}"
        parts.append(f"{name} AS ({sql})")
        values += found
        names[id(new.row)] = name
    keys = ", ".join(f"(SELECT pk FROM {name})" for name in names.values())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT {keys}", values)
        found_keys = cursor.fetchone()
    for new, key in zip(news, found_keys, strict=True):
        new.row.pk = key
        new.row._state.adding = False
    for new in news:
        _point_at_keys(new.row, names)


def _insert_sql(new: New[Model], names: dict[int, str]) -> tuple[str, list[Any]]:
    meta = new.row._meta
    columns, places, values = [], [], []
    for column in _columns(type(new.row)):
        columns.append(column.name)
        earlier = names and names.get(id(column.target_of(new.row)))
        if earlier:
            places.append(f"(SELECT pk FROM {earlier})")  # noqa: S608
            continue
        field = column.field
        value = field.get_db_prep_save(field.pre_save(new.row, True), connection)
        values.append(value)
        places.append(field.get_placeholder(value, None, connection) if column.has_placeholder else "%s")
    conflict = f" ON CONFLICT {new.on_conflict}" if new.on_conflict else ""
    sql = (
        f'INSERT INTO "{meta.db_table}" ({", ".join(columns)}) VALUES ({", ".join(places)}){conflict}'  # noqa: S608
        f' RETURNING "{meta.pk.column}" AS pk'
    )
    return sql, values


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


def _point_at_keys(row: Model, names: dict[int, str]) -> None:
    """Fill in the keys that the objects in memory did not have when they were tied together."""
    for column in _columns(type(row)):
        target = column.target_of(row)
        if target is not None and id(target) in names:
            setattr(row, column.field.attname, target.pk)
