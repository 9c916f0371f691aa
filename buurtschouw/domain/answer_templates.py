"""Answers to begin with, and filling them in for one report.

A municipality writes them with placeholders such as {nummer}. What can't be filled in stays as it is, for the official
to see; an answer with a placeholder left in it is never sent (``answering``). The promised day is filled in when the
answer is sent: until then it can still be chosen.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtschouw.models import AnswerTemplate, Category, Report
from trajecten.domain import activities
from trajecten.domain.telling import texts
from trajecten.models import User
from trajecten.refusals import Refused
from trajecten.registry import Placeholder

# A street is what stands before the number of a house.
STREET = re.compile(r"^(.*?[^\W\d_][^,]*?)(?:\s+\d.*|,.*)?$")

# The one that only an answer with a promised day can hold.
PROMISED_DAY = "gepland"


class TemplateRefused(Refused):
    """A template that can't be kept like this; the message says why."""


def _street(context: Mapping[str, Any]) -> str:
    found = STREET.match(context["report"].address.strip())
    return found[1].strip() if found else ""


def _day(context: Mapping[str, Any]) -> str:
    return date_format(timezone.localtime(context["report"].created_at), "j F")


def _promised(context: Mapping[str, Any]) -> str:
    return date_format(context["planned_for"], "j F Y") if context["planned_for"] else ""


def _area(context: Mapping[str, Any]) -> str:
    area = context["report"].area
    return area.name if area else ""


PLACEHOLDERS = (
    Placeholder(
        "nummer", gettext_lazy("The number of the report"), lambda context: context["report"].pk, "128"
    ),
    Placeholder(
        "melding",
        gettext_lazy("The report in a few words; the theme while its words are not public"),
        lambda context: texts.as_title(context["report"].public_title),
        "Losse stoeptegels bij de speeltuin",
    ),
    Placeholder("thema", gettext_lazy("The theme"), lambda context: context["report"].category.name, "Groen"),
    Placeholder("straat", gettext_lazy("The street, where an address is known"), _street, "Dorpsstraat"),
    Placeholder("buurt", gettext_lazy("The neighbourhood"), _area, "De Linde"),
    Placeholder("gemeld", gettext_lazy("The day on which it was reported"), _day, "3 april"),
    Placeholder(
        PROMISED_DAY,
        gettext_lazy("The day that you promise, only with “Planned for a date”"),
        _promised,
        "10 december 2026",
    ),
    Placeholder(
        "behandelaar", gettext_lazy("Your own name"), lambda context: context["by"].name, "S. de Groot"
    ),
)


def for_report(report: Report) -> QuerySet[AnswerTemplate]:
    """The templates in use of this report's theme, and those of every theme."""
    return for_themes([report.category_id])


def for_themes(themes: list[int]) -> QuerySet[AnswerTemplate]:
    """The templates in use that fit all of these themes."""
    fits = Q(category__isnull=True)
    if len(set(themes)) == 1:
        fits |= Q(category=themes[0])
    return AnswerTemplate.objects.filter(fits, is_active=True)


def filled(words: str, *, report: Report, by: User, planned_for: date | None = None) -> str:
    """The words with every placeholder filled in that has a value for this report."""
    context = {"report": report, "by": by, "planned_for": planned_for}
    values = {
        each.name: str(each.value(context)).strip() for each in PLACEHOLDERS if f"{{{each.name}}}" in words
    }
    return texts.PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], words)


def with_day(words: str, planned_for: date) -> str:
    """The words with the promised day in them; other placeholders stay as they are."""
    return words.replace(f"{{{PROMISED_DAY}}}", _promised({"planned_for": planned_for}))


def promises_a_day(words: str) -> bool:
    return PROMISED_DAY in texts.PLACEHOLDER.findall(words)


def without_day() -> str:
    """Why words with the promised day can't be sent where no day is promised."""
    return _("{%(name)s} is the day of “Planned for a date”. Choose that, or write other words.") % {
        "name": PROMISED_DAY
    }


@transaction.atomic
def keep(
    *,
    template: AnswerTemplate,
    by: User,
    name: str,
    category: Category | None,
    status: str,
    text: str,
    is_active: bool,
) -> AnswerTemplate:
    """Make a new template, or change one.

    Refused (``TemplateRefused``) when there is another one with this name, in capitals or not, and for a placeholder
    that does not exist, with those that do.
    """
    _check(text)
    if AnswerTemplate.objects.filter(name__iexact=name).exclude(pk=template.pk).exists():
        raise _taken()
    is_new = template.pk is None
    template.name, template.category, template.status = name, category, status
    template.text, template.is_active = text.strip(), is_active
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:  # the same name at the same moment
        raise _taken() from error
    activities.record(verb="template_made" if is_new else "template_changed", target=template, by=by)
    return template


def _check(text: str) -> None:
    known = {each.name for each in PLACEHOLDERS}
    for name in texts.PLACEHOLDER.findall(text):
        if name not in known:
            offered = ", ".join(f"{{{each.name}}}" for each in PLACEHOLDERS)
            raise TemplateRefused(
                _("{%(name)s} does not exist. What does: %(offered)s.") % {"name": name, "offered": offered},
                field="text",
            )


def _taken() -> TemplateRefused:
    return TemplateRefused(_("There is a template with this name already."), field="name")
