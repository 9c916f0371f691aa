"""What the demo tells of reports at another system."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from buurtschouw.demo import forwarding
from buurtschouw.models import Destination, Forward
from buurtschouw.tasks import poll_forwards, send_forwards
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.models import Notification

pytestmark = pytest.mark.django_db


def test_one_is_there_one_is_done_one_came_back_and_nothing_goes_out(monkeypatch: Any) -> None:
    people.load()
    municipality = people.municipality(people.POLDERWIJK)
    walk = SchouwFactory(municipality=municipality)
    water = CategoryFactory(municipality=municipality, name=forwarding.THEME)
    with Past().at(timezone.now() - timedelta(days=20)):
        for n in range(4):
            ReportFactory(schouw=walk, category=water, author__email=f"schouwer{n}@example.org")
    past = Past()
    for _time in range(2):
        forwarding.load(past)
    past.forget_mail()
    monkeypatch.setattr("httpx.Client.send", None)
    send_forwards()
    poll_forwards()
    with scope(municipality=municipality):
        assert not Destination.objects.get().is_active
        assert list(Forward.objects.values_list("state", flat=True)) == ["failed", "accepted", "finished"]
        told = Notification.objects.filter(key__startswith="buurtschouw.forward_")
        assert set(told.values_list("state", flat=True)) == {"sent"}
