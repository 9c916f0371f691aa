"""The questions of a theme."""

from tests.addresses.row import Keys, Row, Things
from tests.factories.questions import QuestionFactory

QUESTION = {"text": "Hoe breed is het?", "datatype": "number", "position": 10, "is_active": "on"}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:question-new", "L..x+x..+", of="category"),
    Row("buurtschouw:question-new", "L..x+x..+", "POST", of="category", body=QUESTION),
    Row("buurtschouw:question-edit", "L..x+x..+", of="question"),
    Row("buurtschouw:question-edit", "L..x+x..+", "POST", of="question", body=QUESTION),
]
# fmt: on


def keys(things: Things) -> Keys:
    question = QuestionFactory(category=things.category)
    return {"question": {"pk": things.category.pk, "question": question.pk}}
