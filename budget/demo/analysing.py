"""The analysis of the chosen programmes in a trajectory of the demo, and questions to officials."""

from collections.abc import Callable
from functools import partial
from typing import Any

from budget.demo import scene as told
from budget.demo.scene import Scene
from budget.domain.analysing import notes, questions
from budget.domain.analysing.notes import Finding
from budget.domain.analysing.questions import Asked
from budget.models import BudgetQuestion, Programme
from trajecten.enums import ParticipantKind


def write_notes(scene: Scene, *, since: float, until: float) -> None:
    """By residents, professionals and officials, spread over these days."""
    acts: list[Callable[[], Any]] = [partial(_write, scene, each) for each in scene.said["note"]]
    scene.spread(acts, since=since, until=until)


def _write(scene: Scene, each: dict[str, Any]) -> None:
    by = scene.crowd.person(each["who"]) if "who" in each else scene.official(each["official"])
    finding = Finding(each["aspect"], each["text"], each["source"], told.area(each.get("area", "")))
    note = notes.write(
        trajectory=scene.trajectory,
        programme=Programme.objects.get(code=each["code"]),
        by=by,
        finding=finding,
        kind=each.get("kind", ParticipantKind.RESIDENT),
    )
    if not note.is_public:
        scene.publish(note)


def ask(scene: Scene, *, after: float, until: float = 0) -> None:
    """The questions that were asked less than ``after`` days ago and not less than ``until``, with their answers."""
    for each in scene.said["question"]:
        if until <= each["ago"] < after:
            question = scene.do(each["ago"], partial(_ask, scene, each))
            if "answered" in each:
                scene.do(each["answered"], partial(_answer, scene, question, each["answer"]))


def _ask(scene: Scene, each: dict[str, Any]) -> BudgetQuestion:
    code = each.get("code")
    programme = Programme.objects.get(code=code) if code else None
    asked = Asked(each["text"], programme, each.get("field", ""))
    question = questions.ask(trajectory=scene.trajectory, by=scene.crowd.person(each["who"]), asked=asked)
    if not each.get("unread"):
        scene.publish(question)
    return question


def _answer(scene: Scene, question: BudgetQuestion, text: str) -> None:
    newest = BudgetQuestion.objects.select_related("trajectory").get(pk=question.pk)
    questions.answer(question=newest, text=text, by=scene.coordinator)
