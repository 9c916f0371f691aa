"""The demo's part about Open311: one system that has a key, which nobody knows. Renew it to try it out."""

from django_scopes import scope

from buurtschouw.domain.open311 import keys
from buurtschouw.models import ApiKey
from trajecten.demo import people

SYSTEM = "Meldapp van woningcorporatie De Sluiswachter"


def load() -> None:
    """Add it once, to Polderwijk."""
    municipality = people.municipality(people.POLDERWIJK)
    with scope(municipality=municipality):
        if ApiKey.objects.exists():
            return
        keys.make(
            municipality=municipality,
            by=people.account("coordinator.polderwijk"),
            name=SYSTEM,
            may_read=True,
            may_report=True,
            may_update=False,
            requests_per_minute=60,
            reports_per_hour=100,
            media_hosts="fotos.sluiswachter.example.org",
        )
