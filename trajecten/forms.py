"""The core's forms."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trajecten.domain import theme
from trajecten.models import Municipality, User
from trajecten.validators import LONGEST_EMAIL, NOT_AN_EMAIL_ADDRESS, canonical_email


class MailAddressField(forms.EmailField):
    """A mail address, in the one form in which it is kept (``validators.canonical_email``)."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    default_error_messages = {
        "required": _("Fill in your e-mail address."),
        "invalid": NOT_AN_EMAIL_ADDRESS,
    }
    default_validators = []

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your e-mail address"))
        super().__init__(**{"max_length": LONGEST_EMAIL, **kwargs})

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        return canonical_email(typed) if typed else ""


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = MailAddressField()


class SignUpForm(allauth.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = MailAddressField()


class CodeForm(allauth.RequestLoginCodeForm):
    email = MailAddressField()


class AddAddressForm(allauth.AddEmailForm):
    email = MailAddressField()


class ChangeAddressForm(allauth.ChangeEmailForm):
    email = MailAddressField()


class PointForm(forms.Form):
    """A point in WGS84 degrees, within a wide margin around the Netherlands."""

    lat = forms.FloatField(min_value=50, max_value=54)
    lon = forms.FloatField(min_value=3, max_value=7.5)


class AdvisedForm(forms.Form):
    """Of which municipality an adviser wants to see the trajectories; what does not exist asks nothing."""

    gemeente = forms.ChoiceField(
        label=_("Municipality"),
        required=False,
        error_messages={"invalid_choice": _("This choice does not exist (any more). Choose another one.")},
    )

    def __init__(self, *args: Any, municipalities: list[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gemeente"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        named = [(municipality.slug, municipality.name) for municipality in municipalities]
        field.choices = [("", _("All municipalities")), *named]
        self.offers_choice = len(municipalities) > 1

    def asked(self) -> str:
        """The name in the address of the chosen municipality, empty for all."""
        return self.cleaned_data["gemeente"] if self.is_valid() else ""


class MunicipalityForm(forms.ModelForm):
    """A municipality as administrators keep it; its boundary comes from ``load_municipalities``."""

    contact_email = MailAddressField(label=_("contact address"), required=False)
    contact_url = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Municipality
        fields = (
            "code",
            "name",
            "slug",
            "is_participating",
            "contact_email",
            "contact_url",
            "contact_phone",
            "service_level_days",
            "theme",
            "background",
        )

    def clean_theme(self) -> dict[str, Any]:
        """Refuse colours on which text can't be read, and what is no colour."""
        tokens = self.cleaned_data["theme"] or {}
        for field, reason in theme.check_contrast(tokens):
            self.add_error("theme", f"{field}: {reason}")
        return tokens


class UserForm(forms.ModelForm):
    """An account as administrators keep it."""

    email = MailAddressField(label=_("e-mail address"))
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("email", "name", "language", "is_adviser", "is_staff", "is_superuser", "is_active")

    def clean_email(self) -> str:
        """Refuse an address that somebody else proved to read."""
        email: str = self.cleaned_data["email"]
        if EmailAddress.objects.filter(email=email, verified=True).exclude(user_id=self.instance.pk).exists():
            raise forms.ValidationError(
                _("A user is already registered with this email address."), code="taken"
            )
        return email
