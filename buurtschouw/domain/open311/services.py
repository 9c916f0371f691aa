"""Themes as services of Open311, and their questions as the attributes of a service."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from buurtschouw.domain import schouwen
from buurtschouw.models import Category, Question, Schouw


def services() -> QuerySet[Category]:
    """The themes that one can report about now: of a walk that takes reports. Each with ``asks``."""
    open_now = [schouw.pk for schouw in schouwen.accepting_reports()]
    asked = Question.objects.filter(category=OuterRef("pk"), is_active=True)
    used = Schouw.categories.through.objects.filter(category=OuterRef("pk"), schouw__in=open_now)
    rows = Category.objects.filter(Exists(used), is_active=True).annotate(asks=Exists(asked))
    return rows.select_related("team")


def service(code: str) -> Category | None:
    """The service with this code, with its questions; None when there is none now."""
    if not _is_number(code):
        return None
    return services().prefetch_related("questions").filter(pk=int(code)).first()


def _is_number(code: str) -> bool:
    return code.isascii() and code.isdecimal() and len(code) < 15


def told(theme: Any) -> dict[str, Any]:
    """A theme as it stands in the list of services."""
    return {
        "service_code": str(theme.pk),
        "service_name": theme.name,
        "description": _("Reports about: %(theme)s") % {"theme": theme.name},
        "metadata": theme.asks,
        "type": "realtime",
        "keywords": capfirst(str(theme.get_icon_display())),
        "group": theme.team.name if theme.team else None,
    }


def definition(theme: Category) -> dict[str, Any]:
    """What is asked of who reports about this theme."""
    asked = [question for question in theme.questions.all() if question.is_active]
    return {
        "service_code": str(theme.pk),
        "attributes": [_attribute(question, order) for order, question in enumerate(asked, start=1)],
    }


def _attribute(question: Question, order: int) -> dict[str, Any]:
    return {
        "variable": True,
        "code": question.code,
        "datatype": question.datatype,
        "required": question.is_required,
        "datatype_description": question.help or None,
        "order": order,
        "description": question.text,
        "values": [{"key": option["key"], "name": option["name"]} for option in question.options],
    }
