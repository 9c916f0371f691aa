"""The buurtschouw's models, one module a subject."""

from buurtschouw.models.answer import Answer, Note
from buurtschouw.models.answer_template import AnswerTemplate
from buurtschouw.models.bulk import Bulk, BulkItem
from buurtschouw.models.category import Category
from buurtschouw.models.evaluation import Evaluation, EvaluationReply, EvaluationWords
from buurtschouw.models.forward import MAX_NAME, Destination, DestinationTheme, Forward, ForwardUpdate
from buurtschouw.models.idea import Idea, Joining, Judgement, PullerMessage
from buurtschouw.models.lesson import Lesson, LessonUse
from buurtschouw.models.map_cell import MapCell, MapChange
from buurtschouw.models.merge import Merge
from buurtschouw.models.month_count import Counted, MonthCount
from buurtschouw.models.open311 import (
    MOST_PER_HOUR,
    MOST_PER_MINUTE,
    ApiKey,
    AwaitedPhoto,
    ReceivedUpdate,
)
from buurtschouw.models.preparation import Announcement, WalkRole, WalkTask
from buurtschouw.models.question import CODE, Fact, Option, Question
from buurtschouw.models.reply import Reply
from buurtschouw.models.report import MAX_TEXT, Report, ReportQuerySet
from buurtschouw.models.route import Stop
from buurtschouw.models.schouw import WALKS_FROM, WALKS_UNTIL, Schouw
from buurtschouw.models.score import Score
from buurtschouw.models.shortlist import Shortlist, ShortlistItem
from buurtschouw.models.statement import Statement, StatementSet
from buurtschouw.models.subtask import Subtask
from buurtschouw.models.support import Support

__all__ = [
    "CODE",
    "MAX_NAME",
    "MAX_TEXT",
    "MOST_PER_HOUR",
    "MOST_PER_MINUTE",
    "WALKS_FROM",
    "WALKS_UNTIL",
    "Announcement",
    "Answer",
    "AnswerTemplate",
    "ApiKey",
    "AwaitedPhoto",
    "Bulk",
    "BulkItem",
    "Category",
    "Counted",
    "Destination",
    "DestinationTheme",
    "Evaluation",
    "EvaluationReply",
    "EvaluationWords",
    "Fact",
    "Forward",
    "ForwardUpdate",
    "Idea",
    "Joining",
    "Judgement",
    "Lesson",
    "LessonUse",
    "MapCell",
    "MapChange",
    "Merge",
    "MonthCount",
    "Note",
    "Option",
    "PullerMessage",
    "Question",
    "ReceivedUpdate",
    "Reply",
    "Report",
    "ReportQuerySet",
    "Schouw",
    "Score",
    "Shortlist",
    "ShortlistItem",
    "Statement",
    "StatementSet",
    "Stop",
    "Subtask",
    "Support",
    "WalkRole",
    "WalkTask",
]
