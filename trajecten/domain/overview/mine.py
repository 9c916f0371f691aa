"""What several parts of "my overview" need of one person: asked once, by the first that needs it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trajecten.domain.enrolment import queries
from trajecten.domain.meetings import finding
from trajecten.domain.promises import residents
from trajecten.models import Commitment, Municipality, Participant

MOST_MEETINGS = 20


@dataclass(frozen=True)
class Mine:
    """One participant of a municipality, for as long as a page is made."""

    municipality: Municipality
    participant: Participant

    @cached_property
    def meetings(self) -> list[Any]:
        """The next meetings to which they are invited and did not say no, each with their ``own_answer``."""
        return list(finding.next_of(self.participant)[:MOST_MEETINGS])

    @cached_property
    def enrolments(self) -> list[Any]:
        """What they take part in, wait for or are invited to, the newest first (``queries.with_invitation``)."""
        return list(queries.with_invitation(queries.of_participant(self.participant)))

    @cached_property
    def promises(self) -> list[Commitment]:
        """What they promised themselves, the open ones first."""
        return residents.kept_by(self.participant)
