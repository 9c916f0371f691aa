"""Which report goes with this one, and which of the two is kept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.models import Report

THIS, OTHER = "this", "other"
MAX_NUMBER = 2**31 - 1


class MergeForm(forms.Form):
    """One of the reports nearby, or any other by its number. ``other()`` is the report that was meant."""

    near = forms.ChoiceField(
        label=_("Which report is about the same?"), required=False, choices=[], widget=forms.RadioSelect
    )
    number = forms.IntegerField(
        label=_("Or the number of another report"), required=False, min_value=1, max_value=MAX_NUMBER
    )
    keep = forms.ChoiceField(
        label=_("Which one is kept?"),
        choices=[
            (THIS, _("This one; the other follows it")),
            (OTHER, _("The other; this one follows it")),
        ],
        widget=forms.RadioSelect,
        initial=THIS,
        error_messages={"required": _("Choose which of the two is kept.")},
    )

    def __init__(self, *args: Any, near: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (
                str(other.pk),
                _("%(title)s (%(number)s, %(metres)d m, %(theme)s)")
                % {
                    "title": other.title,
                    "number": other.pk,
                    "metres": round(other.distance.m),
                    "theme": other.category.name,
                },
            )
            for other in near
        ]
        if offered:
            self.fields["near"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["near"]
            self.fields["number"].label = _("The number of the report that is about the same")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        number = given.get("number") or int(given.get("near") or 0)
        self.found = Report.objects.defer("search").filter(pk=number).first() if number else None
        if self.found is None and not {"near", "number"} & set(self.errors):
            self.add_error(
                "number",
                _("There is no report with this number here.")
                if number
                else _("Choose a report, or fill in its number."),
            )
        return given
