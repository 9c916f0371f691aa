"""What administrators fill in."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trajecten.domain.house_style import theme
from trajecten.forms.mail_address import MailAddressField
from trajecten.models import Municipality, User


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
