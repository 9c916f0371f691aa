"""Two windows with the same form: what a colleague changed since it was opened is not undone unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.forwarding import DestinationFactory, DestinationThemeFactory
from tests.factories.handling import AnswerTemplateFactory
from tests.factories.preparing import StatementFactory, StatementSetFactory, StopFactory, WalkTaskFactory
from tests.factories.questions import QuestionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]


def _theme() -> tuple[Any, str, dict[str, Any], str]:
    return CategoryFactory(), "category-edit", {}, "name"


def _template() -> tuple[Any, str, dict[str, Any], str]:
    return AnswerTemplateFactory(category=CategoryFactory()), "answer-template", {}, "text"


def _system() -> tuple[Any, str, dict[str, Any], str]:
    return DestinationFactory(url="http://127.0.0.1:9"), "destination-edit", {}, "contact"


def _statement() -> tuple[Any, str, dict[str, Any], str]:
    made = StatementFactory()
    return made, "statement", {"pk": made.set_id, "statement": made.pk}, "text"


def _stop() -> tuple[Any, str, dict[str, Any], str]:
    themes = CategoryFactory.create_batch(2)
    made = StopFactory(schouw=SchouwFactory(categories=themes, trajectory__current_step="preparation"))
    made.themes.set(themes)
    return made, "stop", {"pk": made.schouw_id, "stop": made.pk}, "remark"


def _set() -> tuple[Any, str, dict[str, Any], str]:
    made = StatementSetFactory()
    return made, "statement-set", {"pk": made.pk}, "summary"


def _task() -> tuple[Any, str, dict[str, Any], str]:
    made = WalkTaskFactory()
    return made, "task", {"pk": made.schouw_id, "task": made.pk}, "text"


def _question() -> tuple[Any, str, dict[str, Any], str]:
    made = QuestionFactory()
    return made, "question-edit", {"pk": made.category_id, "question": made.pk}, "help"


@pytest.mark.parametrize("make", [_theme, _template, _system, _statement, _stop, _set, _task, _question])
def test_what_a_colleague_changed_meanwhile_is_not_undone_unseen(
    coordinator_client: Client, make: Callable[[], tuple[Any, str, dict[str, Any], str]], settings: Any
) -> None:
    settings.LOCAL_SYSTEMS = True
    made, name, parts, field = make()
    url = reverse(f"buurtschouw:{name}", kwargs={"gemeente": "polderwijk", **(parts or {"pk": made.pk})})
    form = coordinator_client.get(url).context["form"]
    opened = {each.name: each.value() for each in form if each.value() not in (None, False)}
    colleague = {**opened, field: "Van een collega."}
    for _twice in range(2):
        assert coordinator_client.post(url, colleague).status_code == 302
    refused = coordinator_client.post(url, {**opened, field: "Van mij."})
    assert refused.status_code == 422
    assert "Somebody else changed this while you were writing." in refused.content.decode()
    assert refused.context["form"][field].value() == "Van mij."
    made.refresh_from_db()
    assert getattr(made, field) == "Van een collega."
    again = {**opened, field: "Van mij.", "seen": refused.context["form"]["seen"].value()}
    assert coordinator_client.post(url, again).status_code == 302
    made.refresh_from_db()
    assert getattr(made, field) == "Van mij."


def test_the_choices_of_a_list_are_not_undone_either_also_when_only_their_order_was_changed(
    coordinator_client: Client,
) -> None:
    question = QuestionFactory(single=True)
    parts = {"gemeente": "polderwijk", "pk": question.category_id, "question": question.pk}
    url = reverse("buurtschouw:question-edit", kwargs=parts)
    form = coordinator_client.get(url).context["form"]
    opened = {each.name: each.value() for each in form if each.value() not in (None, False)}
    turned = "\n".join(reversed(opened["options"].split("\n")))
    assert coordinator_client.post(url, {**opened, "options": turned}).status_code == 302
    refused = coordinator_client.post(url, opened)
    assert refused.status_code == 422
    question.refresh_from_db()
    assert "\n".join(option["name"] for option in question.options) == turned
    assert coordinator_client.post(url, {**opened, "options": turned}).status_code == 302


def test_what_a_colleague_chose_for_a_theme_elsewhere_is_not_undone_unseen(
    coordinator_client: Client,
) -> None:
    destination = DestinationFactory()
    theme = DestinationThemeFactory(destination=destination, category=CategoryFactory())
    url = reverse("buurtschouw:destination-themes", kwargs={"gemeente": "polderwijk", "pk": destination.pk})
    page = reverse("buurtschouw:destination-edit", kwargs={"gemeente": "polderwijk", "pk": destination.pk})
    form = coordinator_client.get(page).context["themes_form"]
    opened = {each.name: each.value() for each in form}
    name = f"theme-{theme.category_id}"
    assert coordinator_client.post(url, {**opened, name: ""}).status_code == 302
    refused = coordinator_client.post(url, opened)
    assert refused.status_code == 422
    assert "Somebody else changed this" in refused.content.decode()
    assert not destination.themes.exists()
