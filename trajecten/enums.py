"""The core's choices, and which change of status may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AreaKind(models.TextChoices):
    """What an area is in the division of the CBS: a wijk (code WK…) has buurten (BU…)."""

    WIJK = "wijk", _("district (wijk)")
    BUURT = "buurt", _("neighbourhood (buurt)")


class Role(models.TextChoices):
    """What an official does in one municipality."""

    COORDINATOR = "coordinator", _("coordinator")
    HANDLER = "handler", _("handler")
    CLERK = "clerk", _("council clerk")


class ParticipantKind(models.TextChoices):
    """As whom somebody takes part in a municipality."""

    RESIDENT = "resident", _("resident")
    ENTREPRENEUR = "entrepreneur", _("entrepreneur")
    PROFESSIONAL = "professional", _("social professional")
    OFFICIAL = "official", _("official")
    COUNCILLOR = "councillor", _("councillor")
    EXECUTIVE = "executive", _("executive")
    ORGANISATION = "organisation", _("organisation")


class AgeBand(models.TextChoices):
    """Of minors and young people we keep a band, never a birth date."""

    AGE_12_13 = "12-13", _("12 or 13 years")
    AGE_14_15 = "14-15", _("14 or 15 years")
    AGE_16_17 = "16-17", _("16 or 17 years")
    AGE_18_23 = "18-23", _("18 to 23 years")


class ConsentPurpose(models.TextChoices):
    """What somebody consents to; each purpose is asked and withdrawn by itself."""

    CONTACT = "contact", _("contact by e-mail")
    PUBLICATION = "publication", _("publication")
    PHOTO = "photo", _("photo")
    GUARDIAN = "guardian", _("taking part, given by a parent or guardian")


class TrajectoryStatus(models.TextChoices):
    """Where a trajectory is, from a municipality's request to the archive; see ``TRAJECTORY_TRANSITIONS``."""

    REQUESTED = "requested", _("requested")
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    RUNNING = "running", _("running")
    EVALUATED = "evaluated", _("evaluated")
    ARCHIVED = "archived", _("archived")


class HealthState(models.TextChoices):
    """How a trajectory goes: by its planned dates, or not, or nothing happens in it at all."""

    ON_TRACK = "on_track", _("on track")
    LATE = "late", _("late")
    STALLED = "stalled", _("stalled")


class StepEvent(models.TextChoices):
    """What a step record says; reopened is back to a step that was closed or skipped before."""

    OPENED = "opened", _("opened")
    CLOSED = "closed", _("closed")
    SKIPPED = "skipped", pgettext_lazy("step", "skipped")
    REOPENED = "reopened", _("reopened")


class Moderation(models.TextChoices):
    """Whether others may read the words of a contribution."""

    PENDING = "pending", _("not looked at yet")
    PUBLISHED = "published", _("public")
    HIDDEN = "hidden", _("not public")


class HideReason(models.TextChoices):
    """Why a contribution is kept from others; the author reads it in a sentence (``domain.moderation.SENTENCES``)."""

    PERSONAL = "personal", _("names or other personal things")
    INSULT = "insult", _("insulting or threatening")
    DISCRIMINATION = "discriminate", _("discriminating")
    UNLAWFUL = "unlawful", _("against the law")
    ADVERTISING = "advertising", _("advertising")
    OFF_TOPIC = "off_topic", _("about something else")
    DOUBLE = "double", _("said twice")
    OTHER = "other", _("something else")
    AUTHOR = "author", _("the author wants it")


class ErasedWords(models.TextChoices):
    """Which words of somebody stay, without their name, who has themselves erased."""

    PUBLIC = "public", _("What is public stays, without my name. The rest is removed.")
    ALL = "all", _("All my words stay, without my name.")
    NONE = "none", _("All my words are removed.")


class ObjectionOutcome(models.TextChoices):
    """What a coordinator decides on the objection of an author."""

    OPEN = "open", _("waits for an answer")
    GRANTED = "granted", _("public again")
    REFUSED = "refused", _("stays hidden")


class AbuseReason(models.TextChoices):
    """What a visitor finds wrong with a public contribution."""

    PERSONAL = "personal", _("There are names or other personal things in it")
    INSULT = "insult", _("It is insulting or threatening")
    DISCRIMINATION = "discriminate", _("It discriminates")
    UNTRUE = "untrue", _("It is not true")
    ADVERTISING = "advertising", _("It is advertising")
    OTHER = "other", _("Something else")


class CommitmentStatus(models.TextChoices):
    """What became of a promise; see ``COMMITMENT_TRANSITIONS``. A withdrawn one stays withdrawn."""

    PROMISED = "promised", _("promised")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    PARTLY = "partly", _("partly done")
    BROKEN = "broken", _("broken")
    WITHDRAWN = "withdrawn", _("withdrawn")


class VerdictValue(models.TextChoices):
    """Whether it is solved, says who asked for it."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class MeetingStatus(models.TextChoices):
    """Whether a meeting is still to come; see ``MEETING_TRANSITIONS``."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class Answer(models.TextChoices):
    """Whether somebody comes to a meeting."""

    YES = "yes", _("I come")
    MAYBE = "maybe", _("maybe")
    NO = "no", _("I do not come")


class Channel(models.TextChoices):
    """How a message reaches somebody."""

    EMAIL = "email", _("e-mail")
    INAPP = "inapp", _("in the portal")


class Lane(models.TextChoices):
    """Which queue delivers a message: one to somebody in particular never waits for one to very many."""

    SINGLE = "single", _("one person")
    BULK = "bulk", _("many people")


class Frequency(models.TextChoices):
    """When somebody wants to hear of a kind of news over a channel."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


class NotificationState(models.TextChoices):
    """Queued until it is due and delivered; held until it is bundled in a digest; dropped when it lost its meaning;
    failed after the last attempt. What became of a bundled one is what became of its digest."""

    QUEUED = "queued", _("queued")
    HELD = "held", _("kept for a digest")
    BUNDLED = "bundled", _("in a digest")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("dropped")
    FAILED = "failed", _("failed")


class RequestStatus(models.TextChoices):
    """Where a municipality's request for a trajectory is; see ``REQUEST_TRANSITIONS``.

    Declined is by the adviser, withdrawn by the municipality itself.
    """

    NEW = "new", _("new")
    TAKEN_UP = "taken_up", _("taken up")
    PROPOSED = "proposed", _("proposal sent")
    CHANGES_ASKED = "changes_asked", _("changes asked")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ProposalStatus(models.TextChoices):
    """Where one version of a proposal is; see ``PROPOSAL_TRANSITIONS``. Once sent, its words stay as they are."""

    CONCEPT = "concept", _("concept")
    SENT = "sent", _("sent")
    CHANGES_ASKED = "changes_asked", _("changes asked")
    ACCEPTED = "accepted", _("accepted")
    REPLACED = "replaced", _("replaced by a newer version")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DECLINED = "declined", _("not accepted")


class VatRate(models.IntegerChoices):
    """The rates of Dutch VAT (btw), in percents."""

    HIGH = 21, _("21%")
    LOW = 9, _("9%")
    NONE = 0, _("0%")


class EnrolmentRole(models.TextChoices):
    """As what somebody takes part in a trajectory. A facilitator leads the group; an observer only looks on."""

    FACILITATOR = "facilitator", _("facilitator")
    CORE_GROUP = "core_group", _("core group")
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")


class EnrolmentStatus(models.TextChoices):
    """Whether somebody takes part; see ``ENROLMENT_TRANSITIONS``. Who left can come back."""

    INVITED = "invited", _("invited")
    WAITING = "waiting", _("on the waiting list")
    ACTIVE = "active", _("takes part")
    LEFT = "left", _("has left")


class EnrolmentOrigin(models.TextChoices):
    """How somebody came in."""

    MAIL = "mail", _("invited by mail")
    POSTER = "poster", _("code on a poster")
    SELF = "self", _("by themselves")
    PAPER = "paper", _("on paper")


class InvitationKind(models.TextChoices):
    """A personal link in a mail, or a short code that anybody may use."""

    MAIL = "mail", _("mail")
    POSTER = "poster", _("poster")


# Roles that take one of the places of a group with a maximum.
TAKES_PLACE = frozenset({EnrolmentRole.CORE_GROUP, EnrolmentRole.MEMBER})

ENROLMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    EnrolmentStatus.INVITED: frozenset({"waiting", "active", "left"}),
    EnrolmentStatus.WAITING: frozenset({"active", "left"}),
    EnrolmentStatus.ACTIVE: frozenset({"left"}),
    EnrolmentStatus.LEFT: frozenset({"invited", "waiting", "active"}),
}

COMMITMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    CommitmentStatus.PROMISED: frozenset({"in_progress", "done", "partly", "broken", "withdrawn"}),
    CommitmentStatus.IN_PROGRESS: frozenset({"done", "partly", "broken", "withdrawn"}),
    CommitmentStatus.DONE: frozenset({"in_progress"}),
    CommitmentStatus.PARTLY: frozenset({"in_progress", "done", "broken"}),
    CommitmentStatus.BROKEN: frozenset({"in_progress"}),
    CommitmentStatus.WITHDRAWN: frozenset(),
}

TRAJECTORY_TRANSITIONS: dict[str, frozenset[str]] = {
    TrajectoryStatus.REQUESTED: frozenset({"proposed", "archived"}),
    TrajectoryStatus.PROPOSED: frozenset({"agreed", "archived"}),
    TrajectoryStatus.AGREED: frozenset({"running", "archived"}),
    TrajectoryStatus.RUNNING: frozenset({"evaluated"}),
    TrajectoryStatus.EVALUATED: frozenset({"running", "archived"}),
    TrajectoryStatus.ARCHIVED: frozenset(),
}


class CouncilKind(models.TextChoices):
    """What is put to the council or the college."""

    INITIATIVE = "initiative", _("initiative")
    AMENDMENT = "amendment", _("amendment")
    MOTION = "motion", _("motion")
    LETTER = "letter", _("letter")
    MANIFESTO = "manifesto", _("manifesto")


class CouncilBody(models.TextChoices):
    """Who decides on a council item."""

    COUNCIL = "council", _("the municipal council")
    COLLEGE = "college", _("mayor and aldermen")


class CouncilStatus(models.TextChoices):
    """Where a council item is; see ``COUNCIL_TRANSITIONS`` and ``COUNCIL_DECIDED``."""

    SUBMITTED = "submitted", _("submitted")
    SCHEDULED = "scheduled", _("on the agenda")
    DISCUSSED = "discussed", _("discussed")
    ADOPTED = "adopted", _("adopted")
    PARTLY = "partly", _("adopted in part")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


COUNCIL_OPEN = (CouncilStatus.SUBMITTED, CouncilStatus.SCHEDULED, CouncilStatus.DISCUSSED)
COUNCIL_DECIDED = (CouncilStatus.ADOPTED, CouncilStatus.PARTLY, CouncilStatus.REJECTED)


class LineDecision(models.TextChoices):
    """What was decided on one point of a proposal."""

    PENDING = "pending", _("not decided yet")
    ADOPTED = "adopted", _("adopted")
    CHANGED = "changed", _("adopted in other words")
    REJECTED = "rejected", _("rejected")


class MatchState(models.TextChoices):
    """Whether an imported agenda item is known as a council item."""

    UNMATCHED = "unmatched", _("not ours")
    PROPOSED = "proposed", _("looks like ours")
    ACCEPTED = "accepted", _("ours")


# A decision may follow a decision: a correction, with a reason that is kept.
_DECISIONS = frozenset({"adopted", "partly", "rejected"})
COUNCIL_TRANSITIONS: dict[str, frozenset[str]] = {
    CouncilStatus.SUBMITTED: frozenset({"scheduled", "discussed", "withdrawn"}) | _DECISIONS,
    CouncilStatus.SCHEDULED: frozenset({"submitted", "scheduled", "discussed", "withdrawn"}) | _DECISIONS,
    CouncilStatus.DISCUSSED: frozenset({"scheduled", "withdrawn"}) | _DECISIONS,
    CouncilStatus.ADOPTED: _DECISIONS,
    CouncilStatus.PARTLY: _DECISIONS,
    CouncilStatus.REJECTED: _DECISIONS,
    CouncilStatus.WITHDRAWN: frozenset(),
}

MEETING_TRANSITIONS: dict[str, frozenset[str]] = {
    MeetingStatus.PLANNED: frozenset({"held", "cancelled"}),
    MeetingStatus.HELD: frozenset(),
    MeetingStatus.CANCELLED: frozenset(),
}

REQUEST_TRANSITIONS: dict[str, frozenset[str]] = {
    RequestStatus.NEW: frozenset({"taken_up", "declined", "withdrawn"}),
    RequestStatus.TAKEN_UP: frozenset({"new", "proposed", "declined", "withdrawn"}),
    RequestStatus.PROPOSED: frozenset(
        {"taken_up", "proposed", "changes_asked", "accepted", "declined", "withdrawn"}
    ),
    RequestStatus.CHANGES_ASKED: frozenset({"taken_up", "proposed", "declined", "withdrawn"}),
    RequestStatus.ACCEPTED: frozenset(),
    RequestStatus.DECLINED: frozenset(),
    RequestStatus.WITHDRAWN: frozenset(),
}

PROPOSAL_TRANSITIONS: dict[str, frozenset[str]] = {
    ProposalStatus.CONCEPT: frozenset({"sent"}),
    ProposalStatus.SENT: frozenset({"changes_asked", "accepted", "replaced", "withdrawn", "declined"}),
    ProposalStatus.CHANGES_ASKED: frozenset({"replaced", "withdrawn", "declined"}),
    ProposalStatus.ACCEPTED: frozenset(),
    ProposalStatus.REPLACED: frozenset(),
    ProposalStatus.WITHDRAWN: frozenset(),
    ProposalStatus.DECLINED: frozenset(),
}
