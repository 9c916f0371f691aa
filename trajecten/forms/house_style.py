"""The settings that a coordinator fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten import registry
from trajecten.domain.house_style import theme, thresholds
from trajecten.domain.retention import running
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField
from trajecten.models import Municipality


class ColourField(forms.CharField):
    """A colour as ``#rrggbb``; which colours can be read on, the domain says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=7, widget=forms.TextInput(attrs={"type": "color"}), **kwargs)


class ColoursForm(forms.Form):
    """The two colours of a municipality."""

    accent = ColourField(label=_("Main colour"), help_text=_("Of buttons, links and the chain."))
    sun = ColourField(label=_("Second colour"), help_text=_("For “now it is your turn”."))

    def clean(self) -> dict[str, Any]:
        """Refuse colours on which letters can't be read, with the ratio."""
        given = {name: self.cleaned_data[name] for name in ("accent", "sun") if name in self.cleaned_data}
        for field, reason in theme.check_contrast(given):
            self.add_error(field, reason)
        return self.cleaned_data


class SettingsForm(ColoursForm):
    """All settings on one page. Terms and thresholds have a field for each, made from what is registered."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("A PNG or JPEG, on white. An SVG can't be used: it can hold a program."),
    )
    removes_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    welcome_title = NameField(label=_("Title of the front page"), required=False, max_length=80)
    welcome_text = forms.CharField(
        label=_("Welcome below it"),
        required=False,
        max_length=600,
        help_text=_("Leave both empty for the words of the portal."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    service_level_days = forms.IntegerField(
        label=_("Working days within which people hear something"), min_value=1, max_value=90
    )
    mail_sender_name = NameField(
        label=_("Name under which mail is sent"),
        required=False,
        max_length=80,
        help_text=_("Empty: “Municipality of …”. The address stays that of the portal."),
    )
    reply_email = MailAddressField(
        label=_("Address for answers to mail"),
        required=False,
        help_text=_("Empty: the contact address of the municipality."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )

    sections = (
        (_("Colours and logo"), ("logo", "removes_logo")),
        (_("Front page"), ("welcome_title", "welcome_text")),
        (_("Answering and mail"), ("service_level_days", "mail_sender_name", "reply_email")),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(municipality), **kwargs})
        if not municipality.logo:
            del self.fields["removes_logo"]
        for rule in registry.retention():
            self.fields[_keep(rule.key)] = forms.IntegerField(
                label=_("Days: %(what)s") % {"what": rule.name},
                min_value=running.SHORTEST,
                max_value=running.LONGEST,
                initial=running.days_of(rule, municipality),
            )
        for key, value in thresholds.of(municipality).items():
            found = next(each for each in thresholds.THRESHOLDS if each.key == key)
            self.fields[key] = forms.IntegerField(
                label=found.name, min_value=found.least, max_value=found.most, initial=value
            )

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields below the colours, by section, as the page shows them."""
        keeping = [_keep(rule.key) for rule in registry.retention()]
        limits = [threshold.key for threshold in thresholds.THRESHOLDS]
        named = (*self.sections, (_("Retention"), keeping), (_("Local regulation"), limits))
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in named]

    def chosen(self) -> dict[str, Any]:
        """What ``keeping.keep`` asks."""
        given = self.cleaned_data
        plain = ("accent", "sun", "welcome_title", "welcome_text", "service_level_days", "mail_sender_name")
        return {
            **{name: given[name] for name in (*plain, "reply_email")},
            "retention_days": {rule.key: given[_keep(rule.key)] for rule in registry.retention()},
            "thresholds": {threshold.key: given[threshold.key] for threshold in thresholds.THRESHOLDS},
        }


def _keep(key: str) -> str:
    return f"keep_{key.replace('.', '_')}"


def _initial(municipality: Municipality) -> dict[str, Any]:
    own = ("welcome_title", "welcome_text", "service_level_days", "mail_sender_name", "reply_email")
    return {
        "accent": theme.accent_of(municipality.theme),
        "sun": municipality.theme.get("sun") or theme.DEFAULTS["sun"],
        **{name: getattr(municipality, name) for name in own},
    }
