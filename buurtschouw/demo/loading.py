"""Loading the buurtschouw's part of the demo: themes, walks, and some 260 reports with what became of them."""

from collections.abc import Iterator

from django.utils import timezone, translation
from django_scopes import scope

from buurtschouw.demo import telling, words
from buurtschouw.demo.playing import Cue, Play
from buurtschouw.demo.walks import UNOWNED, Walk, walks
from buurtschouw.enums import Icon
from buurtschouw.models import Category, Schouw
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.models import Municipality, Team


def load() -> None:
    """Add what is not there yet. A walk that is there already is left as it is, with all its reports."""
    now = timezone.now()
    with translation.override("nl"):
        for code in (people.POLDERWIJK, people.VEENRADE):
            municipality = people.municipality(code)
            with scope(municipality=municipality):
                _make_themes(municipality)
        past = Past()
        for municipality, cue in sorted(_cues(), key=lambda found: found[1].at):
            with scope(municipality=municipality), past.at(cue.at, mail_waits=cue.mail_waits):
                cue.do()
        past.forget_mail()
    _ = now


def _cues() -> Iterator[tuple[Municipality, Cue]]:
    raise NotImplementedError
