from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import Icon
from trajecten.models import MunicipalityOwned, Team
from trajecten.rules import is_coordinator


class Category(MunicipalityOwned):
    """A theme that reports are about, with the team that answers them."""

    name = models.CharField(_("name"), max_length=60)
    icon = models.CharField(_("icon"), max_length=12, choices=Icon, default=Icon.OTHER)
    team = models.ForeignKey(
        Team,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="categories",
        verbose_name=_("team"),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "name"]
        rules_permissions = {"change": is_coordinator}
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="category_name_once")]

    def __str__(self) -> str:
        return self.name
