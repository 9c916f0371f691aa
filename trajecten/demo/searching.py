"""The words of Polderwijk, by which a search understands mistakes: collected at night, and once the demo is there."""

from django_scopes import scope

from trajecten.demo import people
from trajecten.domain.searching import vocabulary


def load() -> None:
    """Collect them again; the last part of the demo, for it reads what the others tell."""
    municipality = people.municipality(people.POLDERWIJK)
    with scope(municipality=municipality):
        vocabulary.collect(municipality)
