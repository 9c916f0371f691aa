"""Everything that points at a participant, of whichever app, so that nothing is forgotten."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CASCADE, SET_NULL, ForeignObjectRel
from django.db.models.fields.files import FileField
from django.utils.text import capfirst

from trajecten import registry
from trajecten.models import Participant
from trajecten.registry import Fact, Kept

# The log is told by what it is about; the others are keys, not words.
LOG = "activity"
UNTOLD = frozenset({"id", "municipality", "content_type", "object_id"})


def all_of_them() -> list[ForeignObjectRel]:
    """The relations to ``Participant``, also those without a name on its side."""
    fields = Participant._meta.get_fields(include_hidden=True)
    return [
        field
        for field in fields
        if isinstance(field, ForeignObjectRel) and (field.one_to_many or field.one_to_one)
    ]


def rows(relation: ForeignObjectRel, participant: Participant) -> Any:
    """What points at this participant by this relation."""
    return relation.related_model._base_manager.filter(**{relation.field.name: participant})


def goes_along(relation: ForeignObjectRel) -> bool:
    """Whether the rows go when the participant goes."""
    return relation.on_delete is CASCADE


def becomes_nobodys(relation: ForeignObjectRel) -> bool:
    """Whether the rows stay without a participant."""
    return relation.on_delete is SET_NULL


def is_held(participant: Participant) -> bool:
    """Whether something that has to stay points at this participant."""
    return any(
        rows(relation, participant).exists()
        for relation in all_of_them()
        if not goes_along(relation) and not becomes_nobodys(relation)
    )


def untold() -> list[ForeignObjectRel]:
    """The relations that no registered part tells of."""
    told = {name for part in registry.personal_data() for name in part.relations}
    return [
        relation
        for relation in all_of_them()
        if relation.related_model._meta.model_name != LOG and relation.get_accessor_name() not in told
    ]


def plain(relation: ForeignObjectRel, participant: Participant) -> Iterator[Kept]:
    """The rows of a relation as they are: every field that people fill in or read."""
    for row in rows(relation, participant).order_by("pk"):
        fields = [field for field in row._meta.concrete_fields if _is_told(field, relation)]
        facts = tuple(_fact(row, field) for field in fields)
        yield Kept(capfirst(str(row._meta.verbose_name)), facts)


def _is_told(field: Any, relation: ForeignObjectRel) -> bool:
    hidden = field.name in UNTOLD or field == relation.field or isinstance(field, FileField)
    return not hidden and (field.editable or getattr(field, "auto_now_add", False))


def _fact(row: Any, field: Any) -> Fact:
    display = getattr(row, f"get_{field.name}_display", None)
    value = display() if display else getattr(row, field.name)
    plain_value = value if isinstance(value, (int, float, bool)) or value is None else str(value)
    return Fact(field.name, capfirst(str(field.verbose_name)), plain_value)
