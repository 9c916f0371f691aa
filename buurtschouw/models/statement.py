"""What walkers judge at the stops: statements of quality per theme, in sets that can be used again."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.models.category import Category
from trajecten.models import MunicipalityOwned
from trajecten.rules import is_coordinator


class StatementSet(MunicipalityOwned):
    """Statements that belong together, made once and chosen for one walk after another."""

    name = models.CharField(_("name"), max_length=80)
    summary = models.CharField(_("what it is for"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("set of statements")
        verbose_name_plural = _("sets of statements")
        ordering = ["name", "id"]
        rules_permissions = {"change": is_coordinator}
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="statement_set_name_once")
        ]

    def __str__(self) -> str:
        return self.name


def picture_path(_statement: "Statement", _name: str) -> str:
    """A name that can't be chosen."""
    return f"statements/{uuid.uuid4().hex}.jpg"


class Statement(MunicipalityOwned):
    """One quality of a theme that everybody can see, scored 1 (not at all) to 5 (wholly).

    Two walks are compared by their statements, so one that was scored keeps its words: ``is_active`` takes it out of
    use, and what replaces it is another statement. ``picture`` was written anew, as photos are.
    """

    set = models.ForeignKey(StatementSet, on_delete=models.CASCADE, related_name="statements")
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="statements", verbose_name=_("theme")
    )
    text = models.CharField(_("statement"), max_length=200)
    explanation = models.CharField(_("what to look at"), max_length=300, blank=True)
    picture = models.ImageField(_("picture"), upload_to=picture_path, blank=True)
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["category__position", "category__name", "position", "id"]
        indexes = [models.Index(fields=["set", "position", "id"], name="statement_of_set")]
        constraints = [
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_alt=""), name="statement_picture_in_words"
            ),
        ]

    def __str__(self) -> str:
        return self.text
