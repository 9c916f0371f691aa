"""As whom somebody takes part, on every form that asks it."""

from typing import Any

import pytest

from budget.forms.alternatives import AboutForm, FinishForm, PaperForm
from budget.forms.analysing import ResidentNoteForm
from budget.forms.choosing import ChoiceForm


@pytest.mark.parametrize("form", [AboutForm, FinishForm, PaperForm, ResidentNoteForm, ChoiceForm])
def test_the_kinds_are_named_in_the_language_of_the_reader(form: Any, monkeypatch: Any) -> None:
    """And not in the one in which the portal was started."""
    monkeypatch.setattr("django.utils.translation._trans.gettext", lambda text: f"«{text}»")
    assert ("resident", "«resident»") in list(form.base_fields["kind"].choices)
