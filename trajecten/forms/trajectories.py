"""What is asked of the lists of trajectories, from the address of the page."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trajecten import registry
from trajecten.domain.dashboards import trajectory_health
from trajecten.enums import TrajectoryStatus
from trajecten.models.trajectory import TrajectoryQuerySet

NOW = "now"
COMING = "coming"
OVER = "over"
ARCHIVE = "archive"
PHASES = {
    NOW: Q(status=TrajectoryStatus.RUNNING),
    COMING: Q(status=TrajectoryStatus.AGREED),
    OVER: Q(status=TrajectoryStatus.EVALUATED),
    ARCHIVE: Q(status=TrajectoryStatus.ARCHIVED),
}
NO_SUCH_CHOICE = {"invalid_choice": _("This choice does not exist (any more). Choose another one.")}


class TrajectoryFilterForm(forms.Form):
    """For residents: what goes on, what is to come, what is over; and in which way. What is not valid asks nothing.

    What lies in the archive is only shown to who asks for that.
    """

    phase = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[
            ("", pgettext_lazy("trajectories", "All")),
            (NOW, _("Going on now")),
            (COMING, _("Begins later")),
            (OVER, _("Finished")),
            (ARCHIVE, _("In the archive")),
        ],
        error_messages=NO_SUCH_CHOICE,
    )
    method = forms.ChoiceField(label=_("Way of working"), required=False, error_messages=NO_SUCH_CHOICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("All ways")), *((method.key, method.name) for method in registry.methods())]

    def asked(self) -> dict[str, str]:
        """What was asked and exists."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, rows: TrajectoryQuerySet) -> TrajectoryQuerySet:
        asked = self.asked()
        rows = rows.filter(PHASES[asked["phase"]]) if "phase" in asked else rows.current()
        return rows.filter(method_key=asked["method"]) if "method" in asked else rows


class StaffTrajectoryFilterForm(TrajectoryFilterForm):
    """For officials also what is late or stalled, and words in the title."""

    words = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.SearchInput)
    late = forms.BooleanField(label=_("Only what is late or stalled"), required=False)
    field_order = ["words", "phase", "method", "late"]

    def narrow(self, rows: TrajectoryQuerySet) -> TrajectoryQuerySet:
        asked = self.asked()
        rows = super().narrow(rows)
        if "words" in asked:
            rows = rows.filter(title__icontains=asked["words"])
        return rows.filter(pk__in=trajectory_health.in_trouble()) if "late" in asked else rows
