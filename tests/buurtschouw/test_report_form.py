"""The form of a resident's report: what its page gets to know about the themes."""

from typing import Any

import pytest

from buurtschouw.forms.reporting import ReportForm
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory

pytestmark = pytest.mark.django_db


def test_a_theme_carries_its_extra_question(in_scope: Any) -> None:
    asking = CategoryFactory(name="Stoep", extra_question="Kunt u er “langs”?")
    silent = CategoryFactory(name="Groen")
    form = ReportForm(schouw=SchouwFactory(categories=[asking, silent]))

    given = {str(option["label"]): option["attrs"].get("data-extra") for option in _options(form)}

    assert given == {"Stoep": "Kunt u er “langs”?", "Groen": None}


def _options(form: ReportForm) -> list[dict[str, Any]]:
    widget = form.fields["category"].widget
    return [option for _, options, _ in widget.optgroups("category", []) for option in options]
