"""The tasks of the preparation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.preparing import owners
from buurtschouw.domain.preparing.tasks import NOBODY, Owner
from buurtschouw.models import Schouw, WalkTask
from trajecten.forms.days import NearDayField
from trajecten.forms.names import NameField
from trajecten.forms.undoing import NoUndoForm


class TaskForm(NoUndoForm):
    """What has to be done, by whom and when."""

    text = NameField(
        label=_("What has to be done?"),
        max_length=200,
        error_messages={"required": _("Write down what has to be done.")},
    )
    owner = forms.ChoiceField(label=_("Who does it?"), required=False)
    due_on = NearDayField(label=_("Ready on"), required=False)

    def __init__(self, *args: Any, schouw: Schouw, task: WalkTask | None = None, **kwargs: Any) -> None:
        """Who has the task already is offered too, also when they are not there any more."""
        super().__init__(*args, now=self.initial_of(task) if task else None, **kwargs)
        self.known = owners.known(schouw, task)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        groups = [(title, [(key, name) for key, name, _owner in rows]) for title, rows in self.known]
        field.choices = [("", _("Nobody yet")), *(group for group in groups if group[1])]

    @classmethod
    def initial_of(cls, task: WalkTask) -> dict[str, Any]:
        """The form's first values for a task that exists."""
        owner = Owner(task.owner, task.owner_participant)
        return {"text": task.text, "owner": owners.key_of(owner), "due_on": task.due_on}

    def task(self) -> dict[str, Any]:
        """As ``tasks.add`` and ``tasks.change`` take it."""
        chosen = self.cleaned_data["owner"]
        found = [owner for _title, rows in self.known for key, _name, owner in rows if key == chosen]
        return {**self.cleaned_data, "owner": found[0] if found else NOBODY}
