"""Questions of themes."""

from typing import Any

import factory

from buurtschouw.enums import Datatype
from buurtschouw.models import Fact, Question
from tests.factories.buurtschouw import CategoryFactory
from tests.factories.core import ScopedFactory

YES_NO = [{"key": "ja", "name": "Ja"}, {"key": "nee", "name": "Nee"}]


class QuestionFactory(ScopedFactory):
    """A question on one line; ``single`` and ``multiple`` are lists."""

    class Meta:
        model = Question

    class Params:
        single = factory.Trait(datatype=Datatype.SINGLEVALUELIST, options=YES_NO)
        multiple = factory.Trait(datatype=Datatype.MULTIVALUELIST, options=YES_NO)

    category = factory.SubFactory(CategoryFactory)
    municipality = factory.SelfAttribute("category.municipality")
    code = factory.Sequence(lambda n: f"vraag_{n}")
    text = "Welk nummer staat er op de paal?"


def said(answer: str, **more: Any) -> list[Fact]:
    """What a report keeps of one answer."""
    return [Fact(**{"code": "extra", "question": "Extra vraag", "value": answer, "answer": answer, **more})]
