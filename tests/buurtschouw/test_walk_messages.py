"""What is mailed to who walks along."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import ParticipantFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.mails import composed
from trajecten.domain.telling import notify
from trajecten.models import Notification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope", "english")]


def test_the_mail_of_a_walk_leads_to_the_walker_s_own_app(schouw: Any) -> None:
    ria = ParticipantFactory(email="ria@example.org", language="en")
    walker = EnrolmentFactory(trajectory=schouw.trajectory, participant=ria)
    report = ReportFactory(schouw=schouw, author=ria, text="<Kuil> & meer")
    notify.owe(
        key="buurtschouw.walk_received",
        to=ria,
        municipality=schouw.municipality,
        about=report,
        delivery_key="een",
    )
    mail = composed(Notification.objects.get())
    path = f"/polderwijk/lopen/{walker.token}/"
    assert path in mail.body
    assert Client().get(path).status_code == 200
    assert schouw.trajectory.title in mail.subject
    assert "Kuil" not in mail.body
