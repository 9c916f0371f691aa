"""The council's programmes: one with its parts of task fields, or all of them from a file."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.domain.deliveries.reading.kinds import FIRST_YEAR, LAST_YEAR
from budget.domain.programmes.keeping import Wanted
from budget.iv3 import codes, names
from budget.models import Programme

SPARE = 5  # empty rows for other task fields
MAX_ROWS = 80  # more than there are task fields
MAX_FILE = 1_000_000
MAX_VERSION = 2**31 - 1
_PLAIN = ("code", "name", "from_year", "until_year", "goal", "approach", "decides")


def task_fields() -> list[tuple[str, str]]:
    listed = sorted(names.TASK_FIELDS, key=codes.sort_key)
    return [("", gettext("choose")), *((code, f"{code} {names.name(code)}") for code in listed)]


class ProgrammeForm(forms.ModelForm):
    """A programme; its rows of task fields are ``ShareForm``. ``version`` is the one that stood on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MAX_VERSION)

    class Meta:
        model = Programme
        fields = _PLAIN
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("goal", "approach", "decides")}
        help_texts = {
            "code": _("As the council numbers it. For example: 3 or 3A."),
            "until_year": _("Leave this empty as long as it goes on."),
            "decides": _("For example: the council, in November, with the budget."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].required = True
            self.initial["version"] = self.instance.version
        for name in ("from_year", "until_year"):
            field = self.fields[name]
            assert isinstance(field, forms.IntegerField)  # noqa: S101
            self.fields[name] = forms.IntegerField(
                label=field.label,
                required=field.required,
                min_value=FIRST_YEAR,
                max_value=LAST_YEAR,
                help_text=field.help_text,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begin, end = given.get("from_year"), given.get("until_year")
        if begin and end and end < begin:
            self.add_error("until_year", gettext("This is before the first year."))
        return given

    def wanted(self, shares: dict[str, Decimal]) -> Wanted:
        given = self.cleaned_data
        texts = {name: given[name] for name in ("goal", "approach", "decides")}
        return Wanted(given["code"], given["name"], given["from_year"], given["until_year"], shares, texts)


class RemoveProgrammeForm(forms.Form):
    """The button with which a programme is removed; one that is not there (any more) is none."""

    programme = forms.ModelChoiceField(queryset=Programme.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.all()  # type: ignore[attr-defined]


class ShareForm(forms.Form):
    """A part of one task field. A row without task field is no row."""

    task_field = forms.ChoiceField(label=_("Task field"), required=False, choices=task_fields)
    percent = forms.DecimalField(
        label=_("Part in percent"),
        required=False,
        min_value=Decimal("0.001"),
        max_value=Decimal(100),
        max_digits=6,
        decimal_places=3,
        localize=True,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("percent") and not given.get("task_field") and "task_field" not in self.errors:
            self.add_error("task_field", gettext("Choose the task field of this part."))
        if given.get("task_field") and "percent" in given and given["percent"] is None:
            self.add_error("percent", gettext("Fill in which part falls under it: 100 is all of it."))
        return given


class BaseShares(forms.BaseFormSet):
    """All rows of a programme: a task field stands in one of them."""

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            code = form.cleaned_data.get("task_field") if form.is_valid() else None
            if code and code in seen:
                form.add_error("task_field", gettext("This task field stands here twice."))
            seen.add(code or "")

    def shares(self) -> dict[str, Decimal]:
        given = (form.cleaned_data for form in self.forms)
        return {row["task_field"]: row["percent"] / 100 for row in given if row.get("task_field")}

    def refuse(self, reasons: dict[str, str]) -> None:
        """Show why beside the part that it is about."""
        for form in self.forms:
            reason = reasons.get(form.cleaned_data.get("task_field") or "")
            if reason:
                form.add_error("percent", reason)


SharesFormSet = forms.formset_factory(
    ShareForm, formset=BaseShares, extra=SPARE, max_num=MAX_ROWS, absolute_max=MAX_ROWS, validate_max=True
)


class ProgrammesFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV with the columns programma, naam, taakveld and aandeel (in percent)."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose it again.")},
    )
    from_year = forms.IntegerField(label=_("From the budget of"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(gettext("This is larger than 1 MB, which no list of programmes is."))
        return file
