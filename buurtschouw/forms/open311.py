"""What other systems send by Open311, and what a coordinator fills in about their keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.open311 import statuses
from buurtschouw.domain.open311.requests import MOST, WINDOW, Asked
from buurtschouw.forms.questions import QuestionFields, name_of
from buurtschouw.forms.reporting import LATITUDES, LONGITUDES
from buurtschouw.models import MAX_TEXT, MOST_PER_HOUR, MOST_PER_MINUTE, ApiKey, Category
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField

ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,100})\](?:\[\])?")
HTML = re.compile(r"<[/!?]?[a-zA-Z][^<>]*>|<!--")
HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
# As far as one may page: the database walks past all that comes before, so further on the filter has to be narrower.
MOST_PAGED = 50_000
LONGEST_ID = 100
# The largest number that a key of a row can be.
MAX_NUMBER = 2**63 - 1


class PlainTextField(forms.CharField):
    """Text without markup."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if HTML.search(value or ""):
            raise forms.ValidationError(_("Send plain text, without HTML."), code="html")


class MomentField(forms.CharField):
    """A moment as ISO 8601; without a zone it is Dutch time, and a date is its first moment."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        moment = _read(text)
        if moment is None:
            message = _("This is not a moment. Write it as ISO 8601: 2026-12-04T14:00:00+01:00.")
            raise forms.ValidationError(message, code="invalid")
        return moment


def _read(text: str) -> datetime | None:
    """The moment, aware. A plus sign that was not encoded has come as a space."""
    try:
        moment = parse_datetime(text.replace(" ", "+")) or parse_datetime(text)
        day = parse_date(text) if moment is None else None
        if day:
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  made aware below
        if moment is None:
            return None
        aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return aware.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        return None


class CommaField(forms.CharField):
    """Several values with commas between them; None for none at all."""

    def to_python(self, value: Any) -> list[str] | None:
        text = super().to_python(value)
        return [part.strip() for part in text.split(",") if part.strip()] if text else None

    def run_validators(self, value: Any) -> None:
        for part in value or []:
            super().run_validators(part)


class WindowForm(forms.Form):
    """The moments between which something is asked: 90 days at most, and the last 90 days when none is given."""

    start_date = MomentField(required=False)
    end_date = MomentField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        try:
            cleaned["until"] = end or (start + WINDOW if start else timezone.now())
            cleaned["since"] = start or cleaned["until"] - WINDOW
        except OverflowError:
            self.add_error("start_date", _("This moment is too far away."))
            return cleaned
        if start and end and end < start:
            self.add_error("end_date", _("The end comes before the start."))
        # A day has 25 hours when the clock goes back.
        if start and end and end - start > WINDOW + timedelta(hours=1):
            self.add_error("end_date", _("At most 90 days may lie between start_date and end_date."))
        return cleaned


class RequestsFilterForm(WindowForm):
    """Which service requests are asked for, and which page of them."""

    service_request_id = CommaField(required=False)
    service_code = CommaField(required=False)
    status = CommaField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGED)
    page_size = forms.IntegerField(required=False, min_value=1, max_value=MOST)
    extensions = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("page") or 1) * (cleaned.get("page_size") or MOST) > MOST_PAGED:
            message = _("Pages go on to %(n)s reports. Ask for a shorter period.")
            self.add_error("page", message % {"n": MOST_PAGED})
        return cleaned

    def clean_service_request_id(self) -> list[int] | None:
        """What is no number is the number of nothing."""
        given = self.cleaned_data["service_request_id"]
        if given is not None and len(given) > MOST:
            raise forms.ValidationError(_("Ask for at most %(n)s numbers at once.") % {"n": MOST})
        return None if given is None else [number for part in given if (number := number_of(part))]

    def clean_service_code(self) -> list[int]:
        given = self.cleaned_data["service_code"] or []
        wanted = [number for part in given if (number := number_of(part))]
        known = set(Category.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
        unknown = [part for part in given if number_of(part) not in known]
        if unknown:
            message = _("There is no service with this code: %(codes)s.")
            raise forms.ValidationError(message % {"codes": ", ".join(unknown)}, code="unknown")
        return sorted(known)

    def clean_status(self) -> list[str]:
        given = [part.lower() for part in self.cleaned_data["status"] or []]
        if not set(given) <= set(statuses.REQUEST_STATUSES):
            raise forms.ValidationError(_("A status is open or closed."), code="invalid")
        return given

    def asked(self) -> Asked:
        """The filter as the domain takes it."""
        given = self.cleaned_data
        return Asked(
            since=given["since"],
            until=given["until"],
            numbers=given["service_request_id"],
            services=given["service_code"],
            status=given["status"],
        )

    @property
    def is_extended(self) -> bool:
        return self.cleaned_data["extensions"].lower() == "true"


def number_of(text: str) -> int | None:
    """The key of a row that this text can be; None for a text that can be none."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 20
    return int(text) if is_number and 0 < int(text) <= MAX_NUMBER else None


@dataclass(frozen=True)
class Sender:
    """Who sent it, within the system that it comes from: as that system calls them."""

    device_id: str
    account_id: str

    def __str__(self) -> str:
        return f"{self.device_id}:{self.account_id}"


class RequestForm(QuestionFields, forms.Form):
    """A service request about one theme. There is no field for a name and a telephone number: they are not kept."""

    lat = forms.FloatField(required=False, min_value=LATITUDES[0], max_value=LATITUDES[1])
    long = forms.FloatField(required=False, min_value=LONGITUDES[0], max_value=LONGITUDES[1])
    address_string = PlainTextField(required=False, max_length=200)
    address_id = forms.CharField(required=False, max_length=LONGEST_ID)
    email = MailAddressField(required=False)
    device_id = forms.CharField(required=False, max_length=LONGEST_ID)
    account_id = forms.CharField(required=False, max_length=LONGEST_ID)
    description = PlainTextField(required=False, max_length=MAX_TEXT)
    media_url = forms.CharField(required=False, max_length=2000)

    def __init__(self, given: QueryDict, *, theme: Category) -> None:
        self.theme = theme
        super().__init__({**given.dict(), **_attributes(given, theme)})
        self._ask(theme.questions.all())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_place(cleaned)
        self._check_attributes()
        cleaned["said"] = self._said(self.theme.pk)
        return cleaned

    def _check_place(self, cleaned: Mapping[str, Any]) -> None:
        lat, long = cleaned.get("lat"), cleaned.get("long")
        if "lat" in self.errors or "long" in self.errors:
            return
        if (lat is None) != (long is None):
            self.add_error("lat" if lat is None else "long", _("Send lat and long together."))
        elif lat is None and not cleaned.get("address_string") and "address_string" not in self.errors:
            if cleaned.get("address_id"):
                message = _("An address_id alone is not enough here. Send lat and long, or address_string.")
                self.add_error("address_id", message)
            else:
                self.add_error(None, _("Send lat and long, or address_string."))

    def _check_attributes(self) -> None:
        known = {name_of(self.theme.pk, question.code) for question in self.questions}
        begin = name_of(self.theme.pk, "")
        for name in self.data:
            if name.startswith(begin) and name not in known:
                message = _("This service has no attribute with the code %(code)s.")
                self.add_error(None, message % {"code": name.removeprefix(begin)})

    def request(self) -> dict[str, Any]:
        """The cleaned request as ``taking_in.take_in`` takes it."""
        given = self.cleaned_data
        has_point = given["lat"] is not None
        return {
            "theme": self.theme,
            "text": given["description"],
            "said": given["said"],
            "point": Point(given["long"], given["lat"], srid=4326) if has_point else None,
            "address": given["address_string"],
            "email": given["email"],
            "media_url": given["media_url"],
            "sent_by": str(Sender(given["device_id"], given["account_id"])),
        }


def _attributes(given: QueryDict, theme: Category) -> dict[str, str | list[str]]:
    """The attributes under the names of the fields of their questions. An empty one is an absent one."""
    several = {question.code for question in theme.questions.all() if question.has_several}
    found: dict[str, str | list[str]] = {}
    for name in given:
        match = ATTRIBUTE.fullmatch(name)
        values = [value for value in given.getlist(name) if value.strip()]
        if match and values:
            code = match.group(1)
            found[name_of(theme.pk, code)] = values if code in several or len(values) > 1 else values[0]
    return found


class UpdateForm(forms.Form):
    """An update of a service request. Who sends it is known by its key, so names and addresses are not taken."""

    service_request_id = forms.CharField(max_length=20)
    update_id = forms.CharField(max_length=LONGEST_ID)
    updated_datetime = MomentField()
    status = forms.CharField()
    description = PlainTextField(max_length=MAX_TEXT)
    expected_datetime = MomentField(required=False)

    def clean_status(self) -> str:
        status = self.cleaned_data["status"].lower()
        if status not in statuses.UPDATE_STATUSES:
            message = _("This status is not known here. Choose one of: %(statuses)s.")
            raise forms.ValidationError(message % {"statuses": ", ".join(statuses.UPDATE_STATUSES)})
        return status

    def update(self) -> dict[str, Any]:
        """The cleaned update as ``updates.take_in`` takes it, but for the report."""
        given = self.cleaned_data
        expected = given["expected_datetime"]
        return {
            "update_id": given["update_id"],
            "status": given["status"],
            "description": given["description"],
            "planned_for": expected.date() if expected else None,
        }


class KeyForm(forms.Form):
    """A key: whose it is, and what may be done with it."""

    name = NameField(
        label=_("Which system is it for?"),
        max_length=80,
        help_text=_("For example: the reporting app of the housing association."),
        error_messages={"required": _("Write which system it is for.")},
    )
    may_read = forms.BooleanField(label=_("May read reports, more often than without a key"), required=False)
    may_report = forms.BooleanField(label=_("May send reports"), required=False)
    may_update = forms.BooleanField(
        label=_("May answer reports: reporters get these answers, in your name"), required=False
    )
    requests_per_minute = forms.IntegerField(
        label=_("Calls a minute, at most"), min_value=1, max_value=MOST_PER_MINUTE
    )
    reports_per_hour = forms.IntegerField(
        label=_("Reports an hour, at most"), min_value=1, max_value=MOST_PER_HOUR
    )
    media_hosts = forms.CharField(
        label=_("Servers with photos"),
        required=False,
        max_length=2000,
        help_text=_(
            "Photos that this system sends along are fetched from these servers only. Each on a line of its own, "
            "for example: photos.example.org."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def initial_of(cls, key: ApiKey) -> dict[str, Any]:
        """The form's first values for this key."""
        return {name: getattr(key, name) for name in cls.base_fields}

    def clean_media_hosts(self) -> str:
        hosts = self.cleaned_data["media_hosts"].lower().split()
        wrong = [host for host in hosts if not HOST.fullmatch(host)]
        if wrong:
            message = _(
                "This is not the name of a server: %(hosts)s. Leave out https:// and what follows the name."
            )
            raise forms.ValidationError(message % {"hosts": ", ".join(wrong)})
        return "\n".join(dict.fromkeys(hosts))
