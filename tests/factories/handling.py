"""Rows of handling reports: one that follows another, a question with its answer, and what officials keep."""

import factory
from django.utils import timezone

from buurtschouw.enums import BulkAction, ReportStatus
from buurtschouw.models import AnswerTemplate, Bulk, BulkItem, Merge, Reply, Shortlist, ShortlistItem, Subtask
from tests.factories.buurtschouw import AnswerFactory, ReportFactory
from tests.factories.core import MunicipalityFactory, ScopedFactory, UserFactory


class MergeFactory(ScopedFactory):
    class Meta:
        model = Merge

    report = factory.SubFactory(ReportFactory, merged=True)
    into = factory.SelfAttribute("report.merged_into")
    municipality = factory.SelfAttribute("report.municipality")
    by = factory.SubFactory(UserFactory)
    status_before = ReportStatus.NEW


class QuestionFactory(AnswerFactory):
    """The question that a report waits for."""

    report = factory.SubFactory(ReportFactory, waiting=True)
    status_before = ReportStatus.NEW
    status = ReportStatus.WAITING
    message = "Waar precies ligt de tegel?"


class ReplyFactory(ScopedFactory):
    class Meta:
        model = Reply

    question = factory.SubFactory(QuestionFactory)
    report = factory.SelfAttribute("question.report")
    municipality = factory.SelfAttribute("question.municipality")
    text = "Naast de schommel."


class AnswerTemplateFactory(ScopedFactory):
    class Meta:
        model = AnswerTemplate

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Sjabloon {n:02}")
    text = "Dank u wel voor melding {nummer}."


class SubtaskFactory(ScopedFactory):
    class Meta:
        model = Subtask

    class Params:
        done = factory.Trait(done_at=factory.LazyFunction(timezone.now))

    report = factory.SubFactory(ReportFactory)
    municipality = factory.SelfAttribute("report.municipality")
    text = "De aannemer bellen"


class ShortlistFactory(ScopedFactory):
    class Meta:
        model = Shortlist

    municipality = factory.SubFactory(MunicipalityFactory)
    owner = factory.SubFactory(UserFactory)


class ShortlistItemFactory(ScopedFactory):
    class Meta:
        model = ShortlistItem

    shortlist = factory.SubFactory(ShortlistFactory)
    municipality = factory.SelfAttribute("shortlist.municipality")
    report = factory.SubFactory(ReportFactory)
    position = factory.Sequence(lambda n: n)


class BulkFactory(ScopedFactory):
    class Meta:
        model = Bulk

    municipality = factory.SubFactory(MunicipalityFactory)
    by = factory.SubFactory(UserFactory)
    action = BulkAction.PUBLISH


class BulkItemFactory(ScopedFactory):
    class Meta:
        model = BulkItem

    bulk = factory.SubFactory(BulkFactory)
    municipality = factory.SelfAttribute("bulk.municipality")
    report = factory.SubFactory(ReportFactory)
    version = factory.SelfAttribute("report.version")
