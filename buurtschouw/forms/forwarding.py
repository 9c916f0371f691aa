"""What officials fill in about other systems, and when they forward a report to one."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buurtschouw.domain.forwarding import finding, ordering
from buurtschouw.domain.forwarding.ordering import Along
from buurtschouw.enums import System
from buurtschouw.forms.handling import MAX_MESSAGE, MAX_VERSION
from buurtschouw.models import MAX_NAME, Category, Destination, Report
from trajecten.forms.names import NameField
from trajecten.forms.undoing import NoUndoForm

GROUPS = [
    ("", pgettext_lazy("group of forwards", "All")),
    ("live", _("Under way or there, without an end")),
    ("unsent", _("Not sent, or refused")),
    ("ended", _("Ended")),
]


class DestinationForm(NoUndoForm):
    """Another system, and how it is reached. The key is never shown; an empty field keeps the one that there is."""

    name = NameField(
        label=_("Name"),
        max_length=MAX_NAME,
        help_text=_("As residents read it: “Forwarded to …”."),
        error_messages={"required": _("Give the organisation its name.")},
    )
    system = forms.ChoiceField(
        label=_("Kind of system"),
        choices=System.choices,
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
        error_messages={"required": _("Choose what kind of system they have.")},
    )
    url = forms.CharField(
        label=_("Address of the system"),
        max_length=300,
        help_text=_("For example: https://api.meldingen.example.org or https://example.org/open311/v2"),
        widget=forms.URLInput,
        error_messages={"required": _("Fill in the address of their system.")},
    )
    jurisdiction = forms.CharField(
        label=_("Jurisdiction"),
        required=False,
        max_length=80,
        help_text=_("Only for Open311, when they ask for it."),
    )
    key = forms.CharField(
        label=_("Key"),
        required=False,
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    forgets_key = forms.BooleanField(label=_("Take the key away"), required=False)
    contact = forms.CharField(
        label=_("Whom to call there"),
        required=False,
        max_length=160,
        help_text=_("Only officials see this."),
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        help_text=_("When it is not in use, nothing is sent there and nothing is asked."),
    )

    def __init__(self, *args: Any, has_key: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].help_text = (
            _("A key is kept. It is never shown. Leave this empty to keep it.")
            if has_key
            else _("Only for Open311. It is kept encrypted, and never shown again.")
        )
        if not has_key:
            del self.fields["forgets_key"]

    @classmethod
    def initial_of(cls, destination: Destination) -> dict[str, Any]:
        """The form's first values for a system that exists, without its key."""
        names = ("name", "system", "url", "jurisdiction", "contact", "is_active")
        return {name: getattr(destination, name) for name in names}


class ThemesForm(NoUndoForm):
    """The category there for each theme in use. What was chosen before stays a choice, also when it is gone there."""

    def __init__(self, *args: Any, destination: Destination, **kwargs: Any) -> None:
        chosen = {theme.category_id: theme for theme in destination.themes.all()}
        offered = _grouped(destination.offered)
        self.themes = {
            f"theme-{category.pk}": category for category in Category.objects.filter(is_active=True)
        }
        codes_now = {
            name: chosen[category.pk].code if category.pk in chosen else ""
            for name, category in self.themes.items()
        }
        super().__init__(*args, now=codes_now, auto_id="id_themes_%s", **kwargs)
        for name, category in self.themes.items():
            now = chosen.get(category.pk)
            codes = {row["code"] for row in destination.offered}
            gone = [(now.code, _("%(name)s (gone there)") % {"name": now.label})] if now else []
            self.fields[name] = forms.ChoiceField(
                label=category.name,
                required=False,
                choices=[
                    ("", _("not forwarded there")),
                    *(gone if now and now.code not in codes else []),
                    *offered,
                ],
                error_messages={"invalid_choice": _("This category is not known there (any more).")},
            )

    def codes(self) -> dict[Category, str]:
        """The cleaned choice, as ``destinations.choose`` takes it."""
        return {category: self.cleaned_data[name] for name, category in self.themes.items()}


def _grouped(offered: list[dict[str, Any]]) -> list[Any]:
    """The categories there as groups of choices, in the order in which they were given."""
    groups: dict[str, list[tuple[str, Any]]] = {}
    for row in offered:
        name = (
            _("%(name)s (asks more questions)") % {"name": row["name"]} if row["asks_more"] else row["name"]
        )
        groups.setdefault(row.get("group", ""), []).append((row["code"], name))
    return [choice for group, rows in groups.items() for choice in ([(group, rows)] if group else rows)]


class DestinationField(forms.ModelChoiceField):
    """Says of each system what the theme becomes there, or that it has no category for it."""

    def label_from_instance(self, obj: Any) -> str:
        where = obj.label or _("no category for this theme yet")
        return f"{obj.name} ({where})"


class ForwardForm(forms.Form):
    """Forward a report to another system. ``version`` is that of the report the official was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    destination = DestinationField(
        label=_("To which system?"),
        queryset=Destination.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose to which system it goes."),
            "invalid_choice": _("This system is not in use (any more)."),
        },
    )
    message = forms.CharField(
        label=_("Message for the reporter"),
        max_length=MAX_MESSAGE,
        help_text=_("The name of the organisation is told with it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you want to tell the reporter.")},
    )
    photos = forms.BooleanField(label=_("Send the photos along"), required=False)
    contact = forms.BooleanField(
        label=_("Send the mail address of the reporter along"),
        required=False,
        help_text=_(
            "Only when the reporter said that this is all right. They then mail the reporter themselves."
        ),
    )
    agreed = forms.CharField(
        label=_("How did the reporter agree?"),
        required=False,
        max_length=200,
        help_text=_("For example: by phone, 3 June. Only needed when you send the mail address along."),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, prefix="forward", **kwargs)
        self.initial.setdefault("version", report.version)
        self.initial.setdefault(
            "message",
            _("This is not ours to do. We have passed on your report. They are going to look at it."),
        )
        field = self.fields["destination"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = finding.choices_for(report)
        photos = ordering.photos_to_share(report)
        if photos:
            self.fields["photos"].label = _("Send the photos along (%(n)s)") % {"n": photos}
            self.fields["photos"].help_text = _("Look at them first: who or what can be recognised?")
        else:
            del self.fields["photos"]
        if report.author is None or not report.author.email or report.author.contact_withdrawn_at:
            del self.fields["contact"], self.fields["agreed"]

    def order(self) -> dict[str, Any]:
        """The cleaned wish, as ``ordering.forward`` takes it."""
        given = self.cleaned_data
        along = Along(
            photos=given.get("photos", False),
            contact=given.get("contact", False),
            agreed=given.get("agreed", ""),
        )
        return {**{name: given[name] for name in ("version", "destination", "message")}, "along": along}

    def renewed(self, report: Report) -> "ForwardForm":
        """The same form with everything that was typed, for the report as it is now."""
        typed = self.data.copy()
        typed["forward-version"] = report.version
        return ForwardForm(typed, report=report)


class ForwardFilterForm(forms.Form):
    """What one wants to see of the forwards; what is not valid asks nothing."""

    group = forms.ChoiceField(label=_("State"), required=False, choices=GROUPS)
    destination = forms.ModelChoiceField(
        label=_("Organisation"),
        required=False,
        queryset=Destination.objects.none(),
        empty_label=_("All organisations"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["destination"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Destination.objects.order_by("name")

    def query(self, **changes: str) -> str:
        """The valid part for an address, with ``changes``."""
        kept = {
            name: self.data[name] for name in self.fields if self.data.get(name) and name not in self.errors
        }
        return urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    def asked(self) -> dict[str, Any]:
        """The valid part, as ``finding.listed`` takes it."""
        self.is_valid()
        return {
            "group": self.cleaned_data.get("group", ""),
            "destination": self.cleaned_data.get("destination"),
        }
