"""The core's choices by subject, and which change of status may follow which."""

from trajecten.enums.contributions import AbuseReason, HideReason, Moderation, ObjectionOutcome
from trajecten.enums.council import (
    COUNCIL_DECIDED,
    COUNCIL_OPEN,
    COUNCIL_TRANSITIONS,
    CouncilBody,
    CouncilKind,
    CouncilStatus,
    LineDecision,
    MatchState,
)
from trajecten.enums.meetings import MEETING_TRANSITIONS, Answer, MeetingStatus
from trajecten.enums.people import AgeBand, AreaKind, ConsentPurpose, ErasedWords, ParticipantKind, Role
from trajecten.enums.promises import COMMITMENT_TRANSITIONS, CommitmentStatus, VerdictValue
from trajecten.enums.proposals import (
    PROPOSAL_TRANSITIONS,
    REQUEST_TRANSITIONS,
    ProposalStatus,
    RequestStatus,
    VatRate,
)
from trajecten.enums.successions import SUCCESSION_TRANSITIONS, Along, SuccessionState
from trajecten.enums.telling import Channel, Frequency, Lane, NotificationState
from trajecten.enums.trajectories import (
    ENROLMENT_TRANSITIONS,
    TAKES_PLACE,
    TRAJECTORY_TRANSITIONS,
    EnrolmentOrigin,
    EnrolmentRole,
    EnrolmentStatus,
    HealthState,
    InvitationKind,
    StepEvent,
    TrajectoryStatus,
)

__all__ = [
    "COMMITMENT_TRANSITIONS",
    "COUNCIL_DECIDED",
    "COUNCIL_OPEN",
    "COUNCIL_TRANSITIONS",
    "ENROLMENT_TRANSITIONS",
    "MEETING_TRANSITIONS",
    "PROPOSAL_TRANSITIONS",
    "REQUEST_TRANSITIONS",
    "SUCCESSION_TRANSITIONS",
    "TAKES_PLACE",
    "TRAJECTORY_TRANSITIONS",
    "AbuseReason",
    "AgeBand",
    "Along",
    "Answer",
    "AreaKind",
    "Channel",
    "CommitmentStatus",
    "ConsentPurpose",
    "CouncilBody",
    "CouncilKind",
    "CouncilStatus",
    "EnrolmentOrigin",
    "EnrolmentRole",
    "EnrolmentStatus",
    "ErasedWords",
    "Frequency",
    "HealthState",
    "HideReason",
    "InvitationKind",
    "Lane",
    "LineDecision",
    "MatchState",
    "MeetingStatus",
    "Moderation",
    "NotificationState",
    "ObjectionOutcome",
    "ParticipantKind",
    "ProposalStatus",
    "RequestStatus",
    "Role",
    "StepEvent",
    "SuccessionState",
    "TrajectoryStatus",
    "VatRate",
    "VerdictValue",
]
