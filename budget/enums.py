"""What the records of the budget can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BudgetKind(models.TextChoices):
    """Which figures of a year these are. An estimate is made in the budget of an earlier year."""

    PRIMITIVE = "primitive", _("budget")
    AMENDED = "amended", _("budget after changes")
    REALISED = "realised", _("spent")
    ESTIMATE = "estimate", _("multi-year estimate")


class Period(models.IntegerChoices):
    """Over which part of the year figures go, as Iv3 numbers it: X000 a budget, X001 to X004 up to and including a
    quarter, X005 the annual accounts."""

    BUDGET = 0, _("the whole year, planned")
    QUARTER_1 = 1, _("up to and including March")
    QUARTER_2 = 2, _("up to and including June")
    QUARTER_3 = 3, _("up to and including September")
    QUARTER_4 = 4, _("up to and including December")
    ACCOUNTS = 5, _("the annual accounts")


class Side(models.TextChoices):
    """The two sides of a budget. The same number of a category means something else on each."""

    EXPENDITURE = "L", _("expenditure")
    INCOME = "B", _("income")


class DeliveryFormat(models.TextChoices):
    """In which form figures come in."""

    CBS = "cbs", _("rows of Statistics Netherlands")
    IV3_JSON = "iv3_json", _("Iv3 delivery (JSON)")
    IV3_XLSX = "iv3_xlsx", _("Iv3 delivery (workbook)")
    CSV = "csv", _("CSV")


class DeliverySource(models.TextChoices):
    """By which way figures came in."""

    COMMAND = "command", _("command")
    UPLOAD = "upload", _("upload")
    STATISTICS = "statistics", _("Statistics Netherlands")


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    WAITING = "waiting", _("waits")
    READING = "reading", _("is being read")
    DONE = "done", _("read")
    REFUSED = "refused", _("refused")


class AreaKeyKind(models.TextChoices):
    """By what money of the whole municipality is divided over its areas."""

    INHABITANTS = "inhabitants", _("by inhabitants")
    HOUSEHOLDS = "households", _("by households")
    OWN = "own", _("by a key of our own")
    BOOKINGS = "bookings", _("as it was booked")


class LineKind(models.TextChoices):
    """What the code of a line of a round is of. A number such as 1.1 or 6 can be of both."""

    FIELD = "field", _("task field")
    PROGRAMME = "programme", _("programme")


class Understood(models.TextChoices):
    """Whether somebody understands a line of the budget."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Enough(models.TextChoices):
    """What somebody thinks of the money on a line."""

    TOO_LITTLE = "too_little", _("Too little")
    ENOUGH = "enough", _("Enough")
    TOO_MUCH = "too_much", _("Too much")
    UNKNOWN = "unknown", _("I don't know")


class ThemeIcon(models.TextChoices):
    """The picture on the card of a theme: a name of the sprite."""

    LIST = "list", _("List")
    EURO = "euro", _("Money")
    CHILD = "playground", _("Playing")
    HOME = "home", _("House")
    HEART = "heart", _("Heart")
    BRIEFCASE = "briefcase", _("Briefcase")
    BOOK = "book", _("Book")
    PEOPLE = "people", _("People")
    PERSON = "person", _("Person")
    SPEECH = "speech", _("Talking")
    WALK = "walk", _("Walking")
    GREEN = "green", _("Green")
    SAFE = "lock", _("Lock")
    INFO = "info", _("Information")


class Aspect(models.TextChoices):
    """What a note in the analysis of a programme is about: the first three are content, the others process."""

    GOAL = "goal", _("What it wants to achieve")
    RESULT = "result", _("What came of it")
    REACH = "reach", _("Who is reached, and who is not")
    DECIDES = "decides", _("Who decides")
    MOMENT = "moment", _("When it is decided")
    VOICE = "voice", _("How residents have a say")


CONTENT = frozenset({Aspect.GOAL, Aspect.RESULT, Aspect.REACH})


class AlternativeState(models.TextChoices):
    """How far somebody is with an alternative budget. Who changes a finished one makes it a draft again."""

    DRAFT = "draft", _("draft")
    FINISHED = "finished", _("finished")


class Seen(models.TextChoices):
    """Whether a resident sees anything of an amount that the council adopted."""

    YES = "yes", _("Yes")
    LITTLE = "little", _("A little")
    NO = "no", _("No")


class Signal(models.TextChoices):
    """What the money that was spent so far says of the rest of the year."""

    UNDER = "under", _("less is spent than planned")
    OVER = "over", _("more is spent than planned")
    ON_COURSE = "ok", _("on course")
    EARLY = "early", _("too early to say")
    NONE = "none", _("no figures yet")


class Basis(models.TextChoices):
    """By what an adopted amount is followed."""

    OWN = "own", _("the bookings of this amount itself")
    FIELD = "field", _("the whole task field or programme")


class Moment(models.TextChoices):
    """The moments of planning and control of one budget, in the order in which they come."""

    OUTLOOK = "outlook", _("outlook (perspectiefnota or kadernota)")
    DRAFT = "draft", _("draft budget")
    COUNCIL = "council", _("the council treats the budget")
    SPRING = "spring", _("spring report (voorjaarsnota)")
    AUTUMN = "autumn", _("autumn report (najaarsnota)")
    ACCOUNTS = "accounts", _("annual accounts")


class BallotRule(models.TextChoices):
    """How a vote on projects is counted (``trajecten.counting``)."""

    EQUAL_SHARES = "equal-shares", _("equal shares: everybody's vote is worth as much money")
    MOST_VOTES = "greedy", _("most votes first")


class ProjectJudgement(models.TextChoices):
    """What officials judged of a project."""

    WAITING = "waiting", _("not judged yet")
    FEASIBLE = "feasible", _("can be carried out")
    NOT_FEASIBLE = "not_feasible", _("can't be carried out")


class VoteOrigin(models.TextChoices):
    """How a ballot paper came in."""

    PORTAL = "portal", _("by the portal")
    PAPER = "paper", _("on paper")
