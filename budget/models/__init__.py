"""The models of budgetmonitoring, one module a subject."""

from budget.models.alternative import Alternative, AlternativeChange, Round, RoundLine
from budget.models.amendment import Amendment, AmendmentLine
from budget.models.analysis import MAX_TEXT, BudgetQuestion, ProgrammeNote, UnconfirmedQuestion
from budget.models.area_key import AreaBooking, AreaKey, AreaKeyUse, AreaWeight
from budget.models.ballot import BallotProject, BallotResult, ProjectBallot, ProjectQuerySet, ProjectVote
from budget.models.calendar import CalendarDate
from budget.models.delivery import Delivery
from budget.models.explaining import LineFeedback, LineText
from budget.models.figures import MAX_CODE, Budget, BudgetLine, YearSize
from budget.models.monitoring import MAX_WORDS, Alert, Observation, SpendingReport
from budget.models.outcome import Counted, Outcome, OutcomeLine
from budget.models.programme import Programme, ProgrammeShare
from budget.models.theme import ProgrammeChoice, Theme, ThemeBallot, ThemeVote

__all__ = [
    "MAX_CODE",
    "MAX_TEXT",
    "MAX_WORDS",
    "Alert",
    "Alternative",
    "AlternativeChange",
    "Amendment",
    "AmendmentLine",
    "AreaBooking",
    "AreaKey",
    "AreaKeyUse",
    "AreaWeight",
    "BallotProject",
    "BallotResult",
    "Budget",
    "BudgetLine",
    "BudgetQuestion",
    "CalendarDate",
    "Counted",
    "Delivery",
    "LineFeedback",
    "LineText",
    "Observation",
    "Outcome",
    "OutcomeLine",
    "Programme",
    "ProgrammeChoice",
    "ProgrammeNote",
    "ProgrammeShare",
    "ProjectBallot",
    "ProjectQuerySet",
    "ProjectVote",
    "Round",
    "RoundLine",
    "SpendingReport",
    "Theme",
    "ThemeBallot",
    "ThemeVote",
    "UnconfirmedQuestion",
    "YearSize",
]
