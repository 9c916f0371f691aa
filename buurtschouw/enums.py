"""The choices of the buurtschouw, and which status may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Icon(models.TextChoices):
    """The picture of a theme: the name of an icon in the sprite."""

    PAVEMENT = "pavement", _("pavement")
    GREEN = "green", _("green")
    WASTE = "waste", _("waste")
    LIGHTING = "lighting", _("lighting")
    TRAFFIC = "traffic", _("traffic")
    PLAYGROUND = "playground", _("playground")
    WATER = "water", _("water")
    NOISE = "noise", _("noise")
    DOG = "dog", _("dog")
    OTHER = "other", _("something else")


class ReportKind(models.TextChoices):
    """What somebody wants to say of a place: the strengths of a neighbourhood count as much as its defects."""

    PROBLEM = "problem", _("report")
    COMPLIMENT = "compliment", _("compliment")
    IDEA = "idea", _("idea")


class Feasibility(models.TextChoices):
    """Whether an idea can be carried out, as an official judges it with a reason; from hardest to easiest."""

    NOT_POSSIBLE = "not_possible", _("not possible")
    HARD = "hard", _("hard")
    POSSIBLE = "possible", _("possible")
    EASY = "easy", _("easy")


class JoiningRole(models.TextChoices):
    """As what somebody joins an idea."""

    JOINS = "joins", _("joins")
    PULLS = "pulls", _("pulls it")


class ReportOrigin(models.TextChoices):
    """By which way a report came in."""

    PAGE = "page", _("the page to report on")
    WALK = "walk", _("a phone during a walk")
    PAPER = "paper", _("a form on paper")
    OPEN311 = "open311", _("another system, by Open311")


class Duty(models.TextChoices):
    """What somebody does during a walk."""

    LEADS = "leads", _("leads the walk")
    NOTES = "notes", _("writes down what is seen")
    PHOTOS = "photos", _("takes the photos")
    TIME = "time", _("keeps an eye on the time")


class Datatype(models.TextChoices):
    """In which form a question of a theme is answered, by the names of Open311."""

    STRING = "string", _("one line")
    TEXT = "text", _("several lines")
    NUMBER = "number", _("a number")
    DATETIME = "datetime", _("a date and time")
    SINGLEVALUELIST = "singlevaluelist", _("one choice of a list")
    MULTIVALUELIST = "multivaluelist", _("several choices of a list")


# Of these there are choices.
LISTS = frozenset({Datatype.SINGLEVALUELIST, Datatype.MULTIVALUELIST})


class EvaluationGroup(models.TextChoices):
    """As whom somebody looks back on a walk."""

    WALKER = "walker", _("walker")
    OFFICIAL = "official", _("official")


class ReplyOrigin(models.TextChoices):
    """How an evaluation was filled in."""

    LINK = "link", _("by the link in the mail")
    PAPER = "paper", _("on paper")


class LessonAdvice(models.TextChoices):
    """What a lesson says of the next walk."""

    KEEP = "keep", _("keep doing")
    CHANGE = "change", _("do differently")


class CountBy(models.TextChoices):
    """What figures tell reports apart by."""

    ALL = "all", _("all together")
    THEME = "theme", _("theme")
    AREA = "area", _("neighbourhood")
    KIND = "kind", _("kind")
    ORIGIN = "origin", _("way in")


class Measure(models.TextChoices):
    """What figures count of a report."""

    RECEIVED = "received", _("received")
    ANSWERED = "answered", _("working days to the first answer")
    DONE = "done", _("working days to done")
    VERDICT = "verdict", _("verdict of the reporter")


class ReportStatus(models.TextChoices):
    """Where a report is, as its reporter reads it; see ``OPEN``, ``CLOSED`` and ``TRANSITIONS``."""

    NEW = "new", _("new")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    WAITING = "waiting", _("waiting for the reporter")
    DONE = "done", _("done")
    NOT_DONE = "not_done", _("not done")
    FORWARDED = "forwarded", _("forwarded")
    MERGED = "merged", _("handled with another report")


OPEN = frozenset(
    {
        ReportStatus.NEW,
        ReportStatus.ACKNOWLEDGED,
        ReportStatus.PLANNED,
        ReportStatus.IN_PROGRESS,
        ReportStatus.WAITING,
    }
)
# Open reports whose clock runs: the municipality owes the next word. It stops while the reporter is asked something.
RUNNING = OPEN - {ReportStatus.WAITING}
# What an answer closed, so what somebody can have a verdict on.
ANSWERED = frozenset({ReportStatus.DONE, ReportStatus.NOT_DONE, ReportStatus.FORWARDED})
CLOSED = ANSWERED | {ReportStatus.MERGED}

# A status may follow itself while work goes on, so that an official can write again about the same state. What is
# planned is a promise with a date, so its clock does not stop for a question.
TRANSITIONS: dict[str, frozenset[str]] = {
    ReportStatus.NEW: frozenset(
        {"acknowledged", "planned", "in_progress", "waiting", "done", "not_done", "forwarded", "merged"}
    ),
    ReportStatus.ACKNOWLEDGED: frozenset(
        {"acknowledged", "planned", "in_progress", "waiting", "done", "not_done", "forwarded", "merged"}
    ),
    ReportStatus.PLANNED: frozenset({"planned", "in_progress", "done", "not_done", "forwarded", "merged"}),
    ReportStatus.IN_PROGRESS: frozenset(
        {"in_progress", "planned", "waiting", "done", "not_done", "forwarded", "merged"}
    ),
    ReportStatus.WAITING: frozenset(
        {"waiting", "acknowledged", "planned", "in_progress", "done", "not_done", "forwarded"}
    ),
    ReportStatus.DONE: frozenset({"acknowledged"}),
    ReportStatus.NOT_DONE: frozenset({"acknowledged"}),
    ReportStatus.FORWARDED: frozenset({"acknowledged"}),
    ReportStatus.MERGED: frozenset(),
}


class BulkAction(models.TextChoices):
    """What an official does with several reports at once."""

    ANSWER = "answer", _("Answer them")
    ASSIGN = "assign", _("Assign them")
    MERGE = "merge", _("Merge duplicates")
    PUBLISH = "publish", _("Let everybody read them")


class BulkState(models.TextChoices):
    """Where an act on several reports is."""

    PREVIEW = "preview", _("not confirmed yet")
    RUNNING = "running", _("being done")
    FINISHED = "finished", _("finished")


class Outcome(models.TextChoices):
    """What became of one report in an act on several."""

    WAITING = "waiting", _("still to be done")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class System(models.TextChoices):
    """What another system that reports are forwarded to understands."""

    SIGNALEN = "signalen", _("Signalen")
    OPEN311 = "open311", _("Open311 (GeoReport v2)")


class ForwardState(models.TextChoices):
    """Where a forward is; see ``LIVE`` and ``FORWARD_TRANSITIONS``."""

    WAITING = "waiting", _("waits to be sent")
    SENDING = "sending", _("is being sent")
    ACCEPTED = "accepted", _("received there")
    FINISHED = "finished", _("finished there")
    DECLINED = "declined", _("came back from there")
    REFUSED = "refused", _("refused there")
    FAILED = "failed", _("not sent")
    WITHDRAWN = "withdrawn", _("taken back")


# The report is with the other system, or on its way: nobody of the municipality works on it.
LIVE = frozenset({ForwardState.WAITING, ForwardState.SENDING, ForwardState.ACCEPTED})
# It did not get there: it can be sent again.
UNSENT = frozenset({ForwardState.REFUSED, ForwardState.FAILED})

# A send whose worker is gone is taken up by another; a late answer to it may come while that waits for its turn.
FORWARD_TRANSITIONS: dict[str, frozenset[str]] = {
    ForwardState.WAITING: frozenset({"sending", "accepted", "withdrawn"}),
    ForwardState.SENDING: frozenset({"sending", "waiting", "accepted", "refused", "failed", "withdrawn"}),
    ForwardState.ACCEPTED: frozenset({"finished", "declined", "withdrawn"}),
    ForwardState.FINISHED: frozenset(),
    ForwardState.DECLINED: frozenset(),
    ForwardState.REFUSED: frozenset({"waiting"}),
    ForwardState.FAILED: frozenset({"waiting"}),
    ForwardState.WITHDRAWN: frozenset(),
}


class Phase(models.TextChoices):
    """What a status of another system means to the reporter."""

    OPEN = "open", _("they work on it")
    DONE = "done", _("they are done")
    DECLINED = "declined", _("they do not do it")
