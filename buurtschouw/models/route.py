from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from buurtschouw.models.category import Category
from buurtschouw.models.schouw import Schouw
from trajecten.models import MunicipalityOwned


class Stop(MunicipalityOwned):
    """Where walkers stand still, look around and score. ``position`` counts from 1 along the route; WGS84.

    Without ``themes`` all themes of the walk are looked at here. ``same_as`` is the stop of an earlier walk that
    this one is: what changed since is read from their scores.
    """

    schouw = models.ForeignKey(Schouw, on_delete=models.CASCADE, related_name="stops", db_index=False)
    position = models.PositiveSmallIntegerField(_("place along the route"))
    name = models.CharField(_("name"), max_length=80)
    point = models.PointField(_("place"), srid=4326)
    remark = models.CharField(_("what to know here"), max_length=300, blank=True)
    themes = models.ManyToManyField(
        Category, blank=True, related_name="stops", verbose_name=_("themes that are looked at here")
    )
    same_as = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="later",
        verbose_name=_("same stop of an earlier walk"),
    )

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        ordering = ["schouw", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["schouw", "position"],
                name="stop_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"
