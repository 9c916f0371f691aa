"""A municipality's request and the versions of its proposal."""

import uuid
from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from tests.factories.core import MunicipalityFactory, ParticipantFactory, ScopedFactory, UserFactory
from trajecten.enums import ProposalStatus, RequestStatus, VatRate
from trajecten.models import Proposal, ProposalLine, ProposalSession, TrajectoryRequest

STEPS = {
    "steps": {
        "preparation": {"on": True, "starts_on": "2027-01-11", "ends_on": "2027-02-05", "text": ""},
        "walk": {"on": True, "starts_on": "2027-02-13", "ends_on": "2027-02-13", "text": "Bij daglicht."},
        "feedback": {"on": True, "starts_on": None, "ends_on": "2027-03-12", "text": ""},
    }
}


class TrajectoryRequestFactory(ScopedFactory):
    """A new request; with ``taken_up=True`` one of an adviser, who can be given."""

    class Meta:
        model = TrajectoryRequest

    class Params:
        taken_up = factory.Trait(
            status=RequestStatus.TAKEN_UP, adviser=factory.SubFactory(UserFactory, is_adviser=True)
        )

    municipality = factory.SubFactory(MunicipalityFactory)
    method_key = "buurtschouw"
    key = factory.LazyFunction(uuid.uuid4)
    contact = factory.SubFactory(
        ParticipantFactory,
        municipality=factory.SelfAttribute("..municipality"),
        email=factory.Sequence(lambda n: f"beleid{n}@example.org"),
    )
    contact_name = "Beleidsadviseur Participatie"
    contact_role = "beleidsadviseur"
    question = "Hoe krijgen wij bewoners van De Linde mee?"


class ProposalFactory(ScopedFactory):
    """The first version of a proposal, a concept; with ``sent=True`` one that waits for an answer."""

    class Meta:
        model = Proposal

    class Params:
        sent = factory.Trait(status=ProposalStatus.SENT, sent_at=factory.LazyFunction(timezone.now))

    request = factory.SubFactory(TrajectoryRequestFactory, taken_up=True)
    municipality = factory.SelfAttribute("request.municipality")
    version = 1
    title = "Buurtschouw De Linde"
    introduction = "Samen met bewoners de wijk in."
    tailoring = factory.LazyFunction(lambda: STEPS)
    roles = factory.LazyFunction(lambda: [{"who": "Gemeente", "does": "Nodigt bewoners uit."}])
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class ProposalSessionFactory(ScopedFactory):
    class Meta:
        model = ProposalSession

    proposal = factory.SubFactory(ProposalFactory)
    municipality = factory.SelfAttribute("proposal.municipality")
    title = "Startbijeenkomst"
    place = "Buurthuis De Linde"
    led_by = "Adviseur"


class ProposalLineFactory(ScopedFactory):
    class Meta:
        model = ProposalLine

    proposal = factory.SubFactory(ProposalFactory)
    municipality = factory.SelfAttribute("proposal.municipality")
    description = "Begeleiding"
    quantity = Decimal("2.00")
    unit_price = Decimal("480.00")
    vat_rate = VatRate.HIGH
