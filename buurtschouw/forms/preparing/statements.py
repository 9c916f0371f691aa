"""Statements to score: choosing them for a walk, and the sets that they stand in."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtschouw.forms.positions import PositionField
from buurtschouw.models import Category, Statement, StatementSet
from trajecten.forms.names import NameField
from trajecten.forms.undoing import NoUndoForm


class _BySet(ModelChoiceIterator):
    """Statements in groups: each set with its statements. The queryset has them in that order."""

    def __iter__(self) -> Iterator[Any]:
        for _key, rows in groupby(self.queryset, key=lambda statement: statement.set_id):
            group = list(rows)
            yield group[0].set.name, [self.choice(statement) for statement in group]


class StatementsField(forms.ModelMultipleChoiceField):
    """Statements to score, by set."""

    iterator = _BySet

    def label_from_instance(self, obj: Statement) -> str:
        words = f"{obj.category.name}: {obj.text}"
        return words if obj.is_active else gettext("%(words)s (out of use)") % {"words": words}


class StatementsForm(forms.Form):
    """What is scored during the walk."""

    statements = StatementsField(
        label=_("What do you score at the stops?"),
        required=False,
        queryset=Statement.objects.none(),
        help_text=_("Eight to twelve is enough: people walk and look, they don't fill in forms."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["statements"]
        assert isinstance(field, StatementsField)  # noqa: S101
        field.queryset = offered


class SetForm(NoUndoForm):
    """A set of statements."""

    name = NameField(label=_("Name"), max_length=80, error_messages={"required": _("Give the set a name.")})
    summary = NameField(
        label=_("What is it for?"),
        required=False,
        max_length=200,
        help_text=_("For example: for parks and playgrounds."),
    )
    is_active = forms.BooleanField(label=_("In use: it can be chosen for a walk"), required=False)

    @classmethod
    def initial_of(cls, made: StatementSet) -> dict[str, Any]:
        """The form's first values for a set that exists."""
        return {name: getattr(made, name) for name in ("name", "summary", "is_active")}


class StatementForm(NoUndoForm):
    """One statement, with a picture if one says more than words."""

    text = NameField(
        label=_("Statement"),
        max_length=200,
        help_text=_(
            "Something that one can agree with more or less, for example: the pavement is wide enough."
        ),
        error_messages={"required": _("Write the statement.")},
    )
    category = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Category.objects.none(),
        empty_label=_("Choose a theme"),
        error_messages={"required": _("Choose a theme.")},
    )
    explanation = NameField(
        label=_("What should people look at?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("A photo of how it should look. People and number plates may not be recognisable."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    removes_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    picture_alt = NameField(
        label=_("What does the picture show?"),
        required=False,
        max_length=200,
        help_text=_("For who can't see it. Needed with a picture."),
    )
    position = PositionField()
    is_active = forms.BooleanField(label=_("In use: it can be chosen for a walk"), required=False)

    def __init__(self, *args: Any, statement: Statement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, now=self.initial_of(statement) if statement else None, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        offered = Category.objects.filter(is_active=True)
        field.queryset = offered | Category.objects.filter(pk=statement.category_id) if statement else offered
        if not (statement and statement.picture):
            del self.fields["removes_picture"]

    @classmethod
    def initial_of(cls, statement: Statement) -> dict[str, Any]:
        """The form's first values for a statement that exists."""
        names = ("text", "explanation", "picture_alt", "position", "is_active")
        return {**{name: getattr(statement, name) for name in names}, "category": statement.category_id}
