"""Moments as people read them."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import pgettext


def clock(moment: datetime) -> str:
    """The time of day, in Dutch time: "10.00 uur", in English "10:00"."""
    wanted = pgettext("time of day, as Django's date format", "H:i")
    return date_format(timezone.localtime(moment), wanted)


def age(moment: datetime) -> str:
    """How long ago, in its largest unit only: "4 days"."""
    return timesince(moment, depth=1)
