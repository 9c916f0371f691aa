"""Which figures somebody wants to see."""

from urllib.parse import urlencode

from django import forms

from budget.enums import BudgetKind
from trajecten.enums import AreaKind

YEARS = (1900, 2200)


class FiguresForm(forms.Form):
    """Year, kind and level of areas, from the address. What does not exist asks nothing, but for a year."""

    year = forms.IntegerField(required=False, min_value=YEARS[0], max_value=YEARS[1])
    kind = forms.ChoiceField(required=False, choices=BudgetKind.choices)
    level = forms.ChoiceField(required=False, choices=AreaKind.choices)

    @property
    def asks_no_year(self) -> bool:
        """Whether what was asked as a year can be none."""
        return "year" in self.errors

    @property
    def year_asked(self) -> int | None:
        self.is_valid()
        found: int | None = self.cleaned_data.get("year")
        return found

    @property
    def kind_asked(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("kind") or "")

    @property
    def level_asked(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("level") or AreaKind.WIJK)

    def query(self, **others: object) -> str:
        """What was asked as part of an address, with ``others`` in its place; empty for nothing."""
        self.is_valid()
        asked = {name: self.cleaned_data.get(name) for name in ("year", "kind")}
        given = {name: value for name, value in {**asked, **others}.items() if value}
        return f"?{urlencode(given)}" if given else ""
