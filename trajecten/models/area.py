from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import AreaKind
from trajecten.models.municipality import MunicipalityOwned


class Area(MunicipalityOwned):
    """A wijk or buurt with its CBS code, in the division of one year: codes change between years.

    ``geometry`` is WGS84 (EPSG:4326). ``inhabitants`` and ``households`` are None where CBS suppresses them.
    """

    code = models.CharField(_("CBS code"), max_length=10)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=5, choices=AreaKind)
    year = models.PositiveSmallIntegerField(_("year"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    geometry = models.MultiPolygonField(_("boundary"), srid=4326)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "year"], name="area_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(kind="wijk", code__regex=r"^WK\d{6}$")
                | models.Q(kind="buurt", code__regex=r"^BU\d{8}$"),
                name="area_code_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name
