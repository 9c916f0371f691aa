"""Moments as an export tells them."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime


def moment(value: datetime | None) -> str:
    """For programs: with the time zone; empty for none."""
    return localtime(value).isoformat(timespec="seconds") if value else ""


def day(value: datetime | None) -> str:
    """For people; empty for none."""
    return date_format(localtime(value), "j F Y") if value else ""
