"""What the demo tells of rights."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_scopes import scope

from buurtschouw.demo import rights
from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain.moderation import queue
from trajecten.models import Activity, Notification, Objection, StaffInvitation


def test_the_demo_has_something_in_every_corner_and_only_once(db: None) -> None:
    people.load()
    municipality = people.municipality(people.POLDERWIJK)
    walk = SchouwFactory(municipality=municipality)
    for n in range(5):
        ReportFactory(schouw=walk, public=True, author__email=f"schouwer{n}@example.org")
    past = Past()
    for _time in range(2):
        rights.load(past)
    past.forget_mail()
    with scope(municipality=municipality):
        counted: Any = queue.figures()
        assert (counted.reported, counted.objected) == (2, 1)
        assert Objection.objects.count() == 2
        assert StaffInvitation.objects.count() == 1
        looked = Activity.objects.filter(verb="looked_up")
        assert looked.count() == 5
        assert looked.filter(at__lt=timezone.now() - timedelta(hours=5)).exists()
        assert not Notification.objects.filter(state="queued").exists()
