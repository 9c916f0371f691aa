"""How many reports lie where, kept by the database so that a map of a million reports reads a few hundred rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import ReportKind
from buurtschouw.models.category import Category
from buurtschouw.models.schouw import Schouw
from trajecten.models import Area, Municipality, MunicipalityOwned


class Counted(MunicipalityOwned):
    """Reports of one cell of the grid (``domain.mapping.grid``) that a filter of the map can't tell apart.

    ``longitude`` and ``latitude`` are sums over the reports, in degrees (WGS84), of which the mean place is made. What
    it refers to may be gone: these rows follow the reports (triggers of migrations 0007 and 0018), and nothing else. A
    report that is merged counts where the one is that it follows.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    x = models.IntegerField()
    y = models.IntegerField()
    area = models.ForeignKey(
        Area, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+"
    )
    category = models.ForeignKey(
        Category, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    schouw = models.ForeignKey(
        Schouw, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=ReportKind)
    is_open = models.BooleanField()
    reports = models.IntegerField()
    longitude = models.FloatField()
    latitude = models.FloatField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.x}, {self.y}: {self.reports}"


class MapCell(Counted):
    """The reports of one cell at one level of the grid, up to the last time that changes were folded in."""

    level = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("cell of the map")
        verbose_name_plural = _("cells of the map")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "level", "x", "y", "category", "area", "schouw", "kind", "is_open"],
                include=["reports", "longitude", "latitude"],
                nulls_distinct=False,
                name="map_cell_once",
            ),
        ]


class MapChange(Counted):
    """A report more or less in a cell of the finest level, written in the transaction that made it so."""

    class Meta:
        verbose_name = _("change of the map")
        verbose_name_plural = _("changes of the map")
        indexes = [models.Index(fields=["municipality", "x", "y"], name="map_change_where")]
