"""Rows of what comes after a walk: its evaluation and its lessons."""

from datetime import timedelta

import factory
from django.utils import timezone

from buurtschouw.enums import EvaluationGroup, LessonAdvice
from buurtschouw.models import Evaluation, EvaluationReply, EvaluationWords, Lesson
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import ScopedFactory


class EvaluationFactory(ScopedFactory):
    """People have been asked; they can answer for three weeks."""

    class Meta:
        model = Evaluation

    schouw = factory.SubFactory(SchouwFactory, step="feedback", evaluation=False)
    municipality = factory.SelfAttribute("schouw.municipality")
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=21))


class EvaluationReplyFactory(ScopedFactory):
    """What a walker answered."""

    class Meta:
        model = EvaluationReply

    evaluation = factory.SubFactory(EvaluationFactory)
    municipality = factory.SelfAttribute("evaluation.municipality")
    group = EvaluationGroup.WALKER
    answers = factory.LazyFunction(lambda: {"useful": "4", "again": "yes"})


class EvaluationWordsFactory(ScopedFactory):
    """Words that nobody has read yet."""

    class Meta:
        model = EvaluationWords

    reply = factory.SubFactory(EvaluationReplyFactory)
    municipality = factory.SelfAttribute("reply.municipality")
    question = "well"
    text = "Fijn dat de opzichter meeliep."


class LessonFactory(ScopedFactory):
    class Meta:
        model = Lesson

    schouw = factory.SubFactory(SchouwFactory)
    municipality = factory.SelfAttribute("schouw.municipality")
    advice = LessonAdvice.KEEP
    text = "Loop in twee groepen."
