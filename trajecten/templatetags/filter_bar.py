"""What the bar above a list tells of the filter."""

from typing import Any

from django import forms, template
from django.db.models import Model
from django.utils import formats
from django.utils.text import capfirst

register = template.Library()


@register.filter
def chosen(form: forms.Form) -> list[str]:
    """What the list is narrowed to, in the words of the fields; nothing of what does not exist or only orders.

    A form names in ``arranging`` the fields that change how a list is shown, and not what is in it.
    """
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    narrowing = [field for field in form.visible_fields() if field.name not in getattr(form, "arranging", ())]
    return [told(field, given[field.name]) for field in narrowing if given.get(field.name)]


def told(field: forms.BoundField, value: Any) -> str:
    """A field with what was chosen in it; of a box that is ticked its label says all."""
    label = str(field.label)
    return label if value is True else f"{label}: {words_of(field.field, value)}"


def words_of(field: forms.Field, value: Any) -> str:
    if isinstance(value, Model) and isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value)
    if isinstance(field, forms.ChoiceField):
        names = {str(key): str(label) for key, label in flat(field.choices)}
        return capfirst(names.get(str(value), str(value)))
    return str(formats.localize(value))


def flat(choices: Any) -> list[tuple[Any, Any]]:
    """The choices without their groups."""
    pairs: list[tuple[Any, Any]] = []
    for key, label in choices:
        pairs += flat(label) if isinstance(label, list | tuple) else [(key, label)]
    return pairs
