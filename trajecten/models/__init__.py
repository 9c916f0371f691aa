"""The core's models, one module a subject."""

from trajecten.models.activity import Activity
from trajecten.models.area import Area
from trajecten.models.attachment import Attachment
from trajecten.models.commitment import Commitment, CommitmentOrigin, CommitmentUpdate
from trajecten.models.contribution import Contribution
from trajecten.models.council import (
    AgendaItem,
    CouncilDecision,
    CouncilItem,
    CouncilLine,
    CouncilOrigin,
)
from trajecten.models.enrolment import Enrolment, Invitation
from trajecten.models.follow import Follow
from trajecten.models.meeting import (
    AdviserCalendarLink,
    Attendance,
    CalendarLink,
    Material,
    Meeting,
    ShelfItem,
)
from trajecten.models.message_text import MessageText
from trajecten.models.moderation import AbuseReport, ModerationDecision, Objection
from trajecten.models.municipality import Municipality, MunicipalityOwned
from trajecten.models.notification import FanOut, Notification
from trajecten.models.participant import Consent, Participant
from trajecten.models.preference import Preference
from trajecten.models.proposal import Proposal, ProposalLine, ProposalSession, TrajectoryRequest
from trajecten.models.retention import RetentionRun
from trajecten.models.staff import StaffInvitation, StaffRole, Team
from trajecten.models.step import StepRecord
from trajecten.models.succession import Companion, Succession
from trajecten.models.trajectory import Trajectory
from trajecten.models.user import User
from trajecten.models.verdict import Verdict
from trajecten.models.vocabulary import Word

__all__ = [
    "AbuseReport",
    "Activity",
    "AdviserCalendarLink",
    "AgendaItem",
    "Area",
    "Attachment",
    "Attendance",
    "CalendarLink",
    "Commitment",
    "CommitmentOrigin",
    "CommitmentUpdate",
    "Companion",
    "Consent",
    "Contribution",
    "CouncilDecision",
    "CouncilItem",
    "CouncilLine",
    "CouncilOrigin",
    "Enrolment",
    "FanOut",
    "Follow",
    "Invitation",
    "Material",
    "Meeting",
    "MessageText",
    "ModerationDecision",
    "Municipality",
    "MunicipalityOwned",
    "Notification",
    "Objection",
    "Participant",
    "Preference",
    "Proposal",
    "ProposalLine",
    "ProposalSession",
    "RetentionRun",
    "ShelfItem",
    "StaffInvitation",
    "StaffRole",
    "StepRecord",
    "Succession",
    "Team",
    "Trajectory",
    "TrajectoryRequest",
    "User",
    "Verdict",
    "Word",
]
