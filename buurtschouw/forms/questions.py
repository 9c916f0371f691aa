"""The questions of a theme as fields of a form: for who reports, in a page, as JSON or by Open311."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.questions import FIRST_CODE, Said, fact_of
from buurtschouw.enums import Datatype
from buurtschouw.models import Fact, Question

LONGEST_LINE = 300
LONGEST_TEXT = 2000
# Up to so many choices of which one is meant are seen at once.
MOST_RADIOS = 6
MOMENTS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
# How the page named the answer to the one question that a theme could have; such pages may be open still.
OLD_NAME = "extra_answer_"


def name_of(theme: int | str, code: str) -> str:
    """The name of the field for this question of this theme."""
    return f"fact_{theme}_{code}"


class WordsField(forms.CharField):
    """Words; never a list of them, which only JSON and Open311 can send here."""

    def to_python(self, value: Any) -> str:
        if isinstance(value, list):
            raise forms.ValidationError(_("Give one answer."), code="several")
        return super().to_python(value)


class NumberField(forms.DecimalField):
    """A number, with a comma or a point before its decimals."""

    def __init__(self, **kwargs: Any) -> None:
        number = {"max_digits": 15, "decimal_places": 6}
        invalid = {"invalid": _("This is not a number. Write it like 12 or 12,5.")}
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**number, widget=widget, error_messages=invalid, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class MomentField(forms.DateTimeField):
    """A date and time as a browser or another system writes it; without a zone it is Dutch time."""

    def __init__(self, **kwargs: Any) -> None:
        invalid = {"invalid": _("This is not a date and time. Write it like 2026-12-04 14:00.")}
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, error_messages=invalid, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(str(value) if isinstance(value, list) else value)
        if moment and not MOMENTS[0] <= moment <= MOMENTS[1]:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class QuestionFields:
    """For a form with a ``category``: a field for each question, and what was said in those of the chosen theme.

    A question that is out of use has a field only where it is answered: it was asked when the form was opened. What
    stands at the question of another theme is left out.
    """

    # Whether what has to be answered is asked for; without it a form takes what it gets.
    insists = True

    def _ask(self, questions: Iterable[Question]) -> None:
        form: Any = self
        form.data = _with_new_names(form.data)
        self.questions = [
            question
            for question in questions
            if question.is_active or name_of(question.category_id, question.code) in form.data
        ]
        for question in self.questions:
            form.fields[name_of(question.category_id, question.code)] = field_for(question)

    def _said(self, theme: int) -> Said:
        """What was said in the fields of this theme that are right; refused is what has to be answered and isn't."""
        form: Any = self
        facts: list[Fact] = []
        for question in self.questions:
            if question.category_id != theme:
                continue
            name = name_of(theme, question.code)
            value = form.cleaned_data.get(name)
            if value not in (None, "", []):
                facts.append(fact_of(question, value))
            elif self.insists and question.is_required and question.is_active and name not in form.errors:
                form.add_error(name, forms.ValidationError(_("Answer this question."), code="required"))
        return Said(tuple(facts), self._sent(theme))

    def _sent(self, theme: int | str) -> dict[str, str | list[str]]:
        """What was sent in the fields of this theme, known or not, by the codes of its questions."""
        begin = name_of(theme, "")
        form: Any = self
        given = {
            name.removeprefix(begin): _values(form.data, name) for name in form.data if name.startswith(begin)
        }
        return {
            code: values[0] if len(values) == 1 else values
            for code, values in sorted(given.items())
            if values
        }

    def _forgive_other_themes(self, theme: int | None) -> None:
        """What is wrong at the questions of other themes than the chosen one does not matter."""
        form: Any = self
        for question in self.questions:
            if question.category_id != theme:
                form.errors.pop(name_of(question.category_id, question.code), None)

    def is_about_questions(self, name: str) -> bool:
        """Whether this field is one of the questions."""
        return name.startswith("fact_")


def _with_new_names(data: Any) -> Any:
    old = [name for name in data if name.startswith(OLD_NAME)]
    if not old:
        return data
    renamed = data.copy()
    for name in old:
        renamed.setdefault(name_of(name.removeprefix(OLD_NAME), FIRST_CODE), data[name])
    return renamed


def _values(data: Mapping[str, Any], name: str) -> list[str]:
    """What was filled in, in an order that does not depend on that of the page."""
    found = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name)
    many = found if isinstance(found, list) else [found]
    return sorted(str(value).strip() for value in many if value is not None and str(value).strip())


def field_for(question: Question) -> forms.Field:
    """The field of one question. It is never required by itself: that depends on the theme that is chosen."""
    about = {"label": question.text, "help_text": question.help, "required": False}
    choices = [(option["key"], option["name"]) for option in question.options]
    not_listed = {"invalid_choice": _("Choose from the list.")}
    match question.datatype:
        case Datatype.TEXT:
            return WordsField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **about)
        case Datatype.NUMBER:
            return NumberField(**about)
        case Datatype.DATETIME:
            return MomentField(**about)
        case Datatype.SINGLEVALUELIST if len(choices) <= MOST_RADIOS:
            radios = {"widget": forms.RadioSelect, "error_messages": not_listed}
            return forms.ChoiceField(choices=choices, **radios, **about)
        case Datatype.SINGLEVALUELIST:
            nothing = ("", _("No answer"))
            return forms.ChoiceField(choices=[nothing, *choices], error_messages=not_listed, **about)
        case Datatype.MULTIVALUELIST:
            boxes = {"widget": forms.CheckboxSelectMultiple, "error_messages": not_listed}
            return forms.MultipleChoiceField(choices=choices, **boxes, **about)
        case _:
            return WordsField(max_length=LONGEST_LINE, **about)
