"""What more is asked of who reports about a theme, and what was said to it."""

import re
from typing import Any, TypedDict

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import LISTS, Datatype
from buurtschouw.models.category import Category
from trajecten.models import MunicipalityOwned
from trajecten.rules import is_coordinator

CODE = re.compile(r"[a-z0-9_]{1,40}")


class Option(TypedDict):
    """One choice of a list: ``key`` is for programs and never gets another ``name``."""

    key: str
    name: str


class Fact(TypedDict):
    """What was said to one question, kept with the words of the question at that moment.

    ``value`` is as Open311 writes it (numbers with a point, moments as ISO 8601, choices by their keys, a list of them
    where several could be chosen); ``answer`` is the same for people.
    """

    code: str
    question: str
    value: str | list[str]
    answer: str


class Question(MunicipalityOwned):
    """One question of a theme. ``code`` is what other systems call it, once within the theme, and stays.

    ``answered_at`` is when it was answered first: from then on its words, its form and the names of its choices say
    what somebody answered to, and stay. What replaces it is another question; ``is_active`` takes it out of use.
    """

    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        related_name="questions",
        verbose_name=_("theme"),
        db_index=False,
    )
    code = models.CharField(
        _("code"), max_length=40, validators=[RegexValidator(rf"\A{CODE.pattern}\Z")], editable=False
    )
    text = models.CharField(_("question"), max_length=160)
    datatype = models.CharField(
        _("form of the answer"), max_length=16, choices=Datatype, default=Datatype.STRING
    )
    options: Any = models.JSONField(_("choices"), default=list, blank=True)
    help = models.CharField(_("explanation"), max_length=300, blank=True)
    is_required = models.BooleanField(_("has to be answered"), default=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("question of a theme")
        verbose_name_plural = _("questions of themes")
        ordering = ["position", "id"]
        rules_permissions = {"change": is_coordinator}
        constraints = [
            models.UniqueConstraint(fields=["category", "code"], name="question_code_once"),
            models.CheckConstraint(
                condition=Q(code__regex=rf"^{CODE.pattern}$"), name="question_code_of_plain_letters"
            ),
            models.CheckConstraint(
                condition=Q(datatype__in=sorted(LISTS)) & ~Q(options=[])
                | ~Q(datatype__in=sorted(LISTS)) & Q(options=[]),
                name="question_choices_of_lists_only",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def has_several(self) -> bool:
        """Whether more than one choice may be made."""
        return self.datatype == Datatype.MULTIVALUELIST
