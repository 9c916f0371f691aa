"""What came of a walk: live, results, evaluation, lessons and figures."""

import uuid
from datetime import timedelta

from buurtschouw.domain.evaluation import asking
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.feedback import EvaluationWordsFactory, LessonFactory

PAPER = {"key": str(uuid.uuid4()), "useful": "4"}
LESSON = {"advice": "keep", "text": "Loop in twee groepen."}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:public-figures", EVERYBODY),
    Row("buurtschouw:figures", "L..+++..+"),
    Row("buurtschouw:figures", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:figures-csv", "L..+++..+"),
    Row("buurtschouw:figures-xlsx", "L..+++..+"),
    Row("buurtschouw:figures-csv", "L..++++.+", query="?schouw={schouw}&by=month"),
    Row("buurtschouw:live", EVERYBODY, of="schouw"),
    Row("buurtschouw:live-news", EVERYBODY, of="schouw"),
    Row("buurtschouw:results", "...++++.+", of="schouw"),
    Row("buurtschouw:results-pdf", "...++++.+", of="schouw"),
    Row("buurtschouw:evaluation-answer", EVERYBODY, of="evaluation_link"),
    Row("buurtschouw:evaluation-answer", EVERYBODY, "POST", of="evaluation_link", body={"useful": "4"}),
    Row("buurtschouw:evaluation", "L..++++.+", of="schouw"),
    Row("buurtschouw:evaluation-ask", "L..x+x+.+", of="evaluated_walk"),
    Row("buurtschouw:evaluation-ask", "L..x+x+.+", "POST", of="evaluated_walk", body={"closes_on": "{tomorrow}"}),
    Row("buurtschouw:evaluation-close", "L..x+x+.+", of="evaluated_walk"),
    Row("buurtschouw:evaluation-close", "L..x+x+.+", "POST", of="evaluated_walk"),
    Row("buurtschouw:evaluation-paper", "L..++++.+", of="evaluated_walk"),
    Row("buurtschouw:evaluation-paper", "L..++++.+", "POST", of="evaluated_walk", body=PAPER),
    Row("buurtschouw:evaluation-words", "L..x+x+.+", of="evaluation_words"),
    Row("buurtschouw:evaluation-words", "L..x+x+.+", "POST", of="evaluation_words", body={"publish": "yes"}),
    Row("buurtschouw:lessons", "L..++++.+", of="schouw"),
    Row("buurtschouw:lessons", "L..x+x+.+", "POST", of="schouw", body=LESSON),
    Row("buurtschouw:lesson", "L..x+x+.+", of="lesson"),
    Row("buurtschouw:lesson", "L..x+x+.+", "POST", of="lesson", body=LESSON),
    Row("buurtschouw:lesson-use", "L..x+x+.+", of="lesson_of_earlier_walk"),
    Row("buurtschouw:lesson-use", "L..x+x+.+", "POST", of="lesson_of_earlier_walk", body={"taken": "yes"}),
]
# fmt: on


def keys(things: Things) -> Keys:
    """An earlier walk in the same neighbourhood, in the step in which people are asked what they thought of it."""
    schouw = things.schouw
    earlier = SchouwFactory(
        municipality=schouw.municipality,
        step="feedback",
        walk_at=schouw.walk_at - timedelta(days=300),
        trajectory__adviser=schouw.trajectory.adviser,
        trajectory__areas=list(schouw.trajectory.areas.all()),
    )
    evaluation = earlier.evaluation
    words = EvaluationWordsFactory(reply__evaluation=evaluation)
    lesson = LessonFactory(schouw=earlier)
    token = asking.token(evaluation=evaluation, to=things.supporter)
    return {
        "evaluated_walk": {"pk": earlier.pk},
        "evaluation_link": {"pk": earlier.pk, "token": token},
        "evaluation_words": {"pk": earlier.pk, "words": words.pk},
        "lesson": {"pk": earlier.pk, "lesson": lesson.pk},
        "lesson_of_earlier_walk": {"pk": schouw.pk, "lesson": lesson.pk},
    }
