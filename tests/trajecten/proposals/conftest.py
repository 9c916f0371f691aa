"""A request that was taken up, and the proposal that was sent."""

from typing import Any

import pytest

from tests.factories.proposals import (
    ProposalFactory,
    ProposalLineFactory,
    ProposalSessionFactory,
    TrajectoryRequestFactory,
)
from trajecten.enums import RequestStatus


@pytest.fixture
def new_request(in_scope: Any) -> Any:
    return TrajectoryRequestFactory()


@pytest.fixture
def asked(in_scope: Any, adviser: Any) -> Any:
    """Taken up by ``adviser``."""
    return TrajectoryRequestFactory(taken_up=True, adviser=adviser)


@pytest.fixture
def concept(asked: Any) -> Any:
    made = ProposalFactory(request=asked)
    ProposalLineFactory(proposal=made)
    ProposalSessionFactory(proposal=made)
    return made


@pytest.fixture
def sent(concept: Any, areas: list[Any]) -> Any:
    """Waits for an answer; the contact may decide."""
    from trajecten.domain.proposals import sending

    concept.contact_may_decide = True
    concept.save()
    concept.areas.set(areas[:1])
    made = sending.send(proposal=concept, by=concept.request.adviser)
    made.request.refresh_from_db()
    assert made.request.status == RequestStatus.PROPOSED
    return made
