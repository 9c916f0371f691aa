"""Which trajectory of budgetmonitoring a list of work is about, as the address says (``?trajectory=``)."""

from django import forms

from budget.method import METHOD
from trajecten.models import Trajectory


class TrajectoryFilterForm(forms.Form):
    """Those of one trajectory of this method."""

    trajectory_id = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def add_prefix(self, field_name: str) -> str:
        """In the address it is called "trajectory", as everywhere."""
        return "trajectory" if field_name == "trajectory_id" else super().add_prefix(field_name)

    @property
    def number(self) -> int | None:
        """Of the trajectory that was asked for; None for what is no number."""
        return self.cleaned_data["trajectory_id"] if self.is_valid() else None

    def trajectory(self) -> Trajectory | None:
        """The trajectory that was asked for; None without one that is here."""
        found: Trajectory | None = Trajectory.objects.filter(pk=self.number, method_key=METHOD.key).first()
        return found
