"""The report of a resident, from the page's form or as JSON, and what follows it."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.questions import NOTHING, Said, are_asked
from buurtschouw.enums import ReportKind
from buurtschouw.forms.kinds import KIND_TILES
from buurtschouw.forms.questions import QuestionFields, name_of
from buurtschouw.models import MAX_TEXT, Category, Question, Report, Schouw
from trajecten.enums import VerdictValue
from trajecten.forms.mail_address import MailAddressField

# The Netherlands with a wide margin, WGS84 degrees; what lies outside is no place but a mistake.
LATITUDES = (50.0, 54.0)
LONGITUDES = (3.0, 7.5)
# Of the number of a theme; Python refuses to read far longer ones.
MAX_DIGITS = 20


class ThemeField(forms.ModelChoiceField):
    """One of the walk's themes; with ``known`` it looks among those instead of asking the database."""

    known: Mapping[str, Category] | None = None

    def to_python(self, value: Any) -> Category | None:
        if self.known is None or value in self.empty_values:
            return super().to_python(value)
        if str(value) not in self.known:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.known[str(value)]

    def validate(self, value: Category | None) -> None:
        forms.Field.validate(self, value)


class ReportForm(QuestionFields, forms.Form):
    """What somebody saw: its kind, theme, place (a point or words), text, and if they like an address for the answer.

    What does not say its kind is a melding. Of the questions of themes it has those of the theme that was chosen, and
    what stands there counts for a melding only.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What do you want to tell?"),
        choices=KIND_TILES,
        required=False,
        initial=ReportKind.PROBLEM,
        widget=forms.RadioSelect(attrs={"class": "portal-tiles portal-tiles--three"}),
        error_messages={"invalid_choice": _("Choose one of these three.")},
    )
    category = ThemeField(
        label=_("What is it about?"),
        queryset=Category.objects.none(),
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
        empty_label=None,
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("Choose one of the themes of this walk."),
        },
    )
    lat = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)
    accuracy = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=0, max_value=1_000_000)
    address = forms.CharField(
        label=_("Address or place"),
        required=False,
        max_length=200,
        help_text=_("For example: Kerkstraat 12, or: the playground by the school."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("Tell us what you see, or what you would like"),
        max_length=MAX_TEXT,
        help_text=_("Please write no names or telephone numbers."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write in a few words what is going on."),
            "max_length": _("Your text is %(show_value)d characters long, and %(limit_value)d is the most."),
        },
    )
    email = MailAddressField(
        required=False,
        help_text=_("Then we let you know what we do with it. Nobody else sees your e-mail address."),
    )

    def __init__(
        self,
        *args: Any,
        schouw: Schouw,
        themes: Mapping[str, Category] | None = None,
        signed_in: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields["category"]
        assert isinstance(category, ThemeField)  # noqa: S101
        category.known = themes
        if themes is None:
            category.queryset = schouw.themes()
        if not self.is_bound:
            self.initial.setdefault("key", uuid.uuid4())
        if signed_in:
            del self.fields["email"]
        self._ask(self._asked(schouw, themes))

    def _asked(self, schouw: Schouw, themes: Mapping[str, Category] | None) -> list[Question]:
        """The questions that the form has fields for."""
        known = (themes or {}).get(str(self.data.get("category", "")))
        return list(known.questions.all()) if known else []

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or ReportKind.PROBLEM

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if (lat is None) != (lon is None):
            lat = lon = None
        if lat is not None and lon is not None and not _is_dutch(lat, lon):
            self.add_error(
                "address", _("This place is not in the Netherlands. Is the pin in the right place?")
            )
        elif lat is None and not cleaned.get("address") and "address" not in self.errors:
            self.add_error(
                "address", _("Say where it is: put the pin on the map or fill in an address or place.")
            )
        cleaned["point"] = Point(lon, lat, srid=4326) if lat is not None and lon is not None else None
        theme = cleaned.get("category")
        asks = theme is not None and are_asked(cleaned.get("kind"))
        self._forgive_other_themes(theme.pk if asks else None)
        cleaned["said"] = self._heard(theme.pk, asks=asks) if theme else NOTHING
        return cleaned

    def _heard(self, theme: int, *, asks: bool) -> Said:
        """What was said to the theme; where it asks nothing, only what was sent, to know it again by."""
        return self._said(theme) if asks else Said(sent=self._sent(theme))

    def report(self) -> dict[str, Any]:
        """The cleaned report as ``intake.receive`` takes it."""
        given = self.cleaned_data
        accuracy = given.get("accuracy")
        return {
            "key": given["key"],
            "category": given["category"],
            "text": given["text"],
            "point": given["point"],
            "accuracy": round(accuracy) if accuracy is not None else None,
            "address": given.get("address", ""),
            "said": given["said"],
            "email": given.get("email", ""),
            "kind": given["kind"],
        }

    def repeated(self) -> dict[str, Any] | None:
        """What ``intake.received_before`` asks, when nothing but the theme or its questions is wrong; None otherwise.

        A theme that was taken out of use, or a question that was changed, must not refuse a report that was received
        before that.
        """
        theme = str(self.data.get("category", ""))
        changeable = all(name == "category" or self.is_about_questions(name) for name in self.errors)
        if not self.errors or not changeable or not (theme.isascii() and theme.isdecimal()):
            return None
        given = self.cleaned_data
        return {
            "key": given["key"],
            "category": int(theme[:MAX_DIGITS]),
            "text": given["text"],
            "point": given["point"],
            "address": given.get("address", ""),
            "said": Said(sent=self._sent(theme)),
            "email": given.get("email", ""),
            "kind": given["kind"],
        }


class ReportPageForm(ReportForm):
    """The report on its page: each theme that asks something has its questions there.

    So one sees them without JavaScript too; with it, only those of the chosen theme of a melding. The photos are kept
    by the view, which says here what is wrong with one.
    """

    photos = forms.Field(label=_("Photos"), required=False, widget=forms.FileInput)

    def _asked(self, schouw: Schouw, themes: Mapping[str, Category] | None) -> list[Question]:
        self.themes = list(schouw.themes().prefetch_related("questions"))
        return [question for theme in self.themes for question in theme.questions.all()]

    def asking(self) -> Iterator[dict[str, Any]]:
        """The themes that ask something, each with its questions and their fields."""
        for theme in self.themes:
            own = [question for question in self.questions if question.category_id == theme.pk]
            if own:
                fields = [(question, self[name_of(theme.pk, question.code)]) for question in own]
                yield {"theme": theme, "fields": fields}


def _is_dutch(lat: float, lon: float) -> bool:
    return LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]


class NearbyForm(forms.Form):
    """A place and, if chosen, a theme and a kind, to see what was reported there already."""

    lat = forms.FloatField(min_value=LATITUDES[0], max_value=LATITUDES[1])
    lon = forms.FloatField(min_value=LONGITUDES[0], max_value=LONGITUDES[1])
    category = forms.ModelChoiceField(queryset=Category.objects.none(), required=False)
    kind = forms.ChoiceField(choices=ReportKind, required=False)

    def __init__(self, *args: Any, schouw: Schouw, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)  # noqa: S101
        category.queryset = Category.objects.filter(schouwen=schouw)


class VerdictForm(forms.Form):
    """The words to a verdict; the verdict itself is in the address that was mailed. What is asked differs by kind."""

    value = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=[(value, capfirst(label)) for value, label in VerdictValue.choices],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Do you want to explain it?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = report.means.question


class SupportForm(forms.Form):
    """Support for a report; with an address one hears what becomes of it."""

    email = MailAddressField(
        required=False,
        help_text=_(
            "Then we mail you what was done with it in the end. Nobody else sees your e-mail address."
        ),
    )
