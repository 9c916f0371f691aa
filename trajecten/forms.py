"""The core's forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.domain import theme
from trajecten.models import Municipality


class PointForm(forms.Form):
    """A point in WGS84 degrees, within a wide margin around the Netherlands."""

    lat = forms.FloatField(min_value=50, max_value=54)
    lon = forms.FloatField(min_value=3, max_value=7.5)


class MunicipalityForm(forms.ModelForm):
    """A municipality as administrators keep it; its boundary comes from ``load_municipalities``."""

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
