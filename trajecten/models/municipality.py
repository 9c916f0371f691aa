"""The municipality: the unit of tenancy."""

from typing import Any

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager
from rules.contrib.models import RulesModel

from trajecten.rules import is_coordinator, is_handler, is_official
from trajecten.validators import free_slug, municipality_code


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def participating(self) -> "MunicipalityQuerySet":
        """Those that use the portal, without their boundaries, which are large."""
        return self.filter(is_participating=True).defer("boundary")


class Municipality(RulesModel):
    """A Dutch municipality by its CBS code. All of them may be loaded; those that take part have a portal.

    ``boundary`` is WGS84 (EPSG:4326). ``theme`` holds the design tokens that differ from the default,
    ``retention_days`` and ``thresholds`` the numbers that do (``domain.retention``, ``domain.thresholds``).
    """

    code = models.CharField(_("CBS code"), max_length=6, unique=True, validators=[municipality_code])
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("name in the address"), max_length=80, unique=True, validators=[free_slug])
    boundary = models.MultiPolygonField(_("boundary"), srid=4326, null=True, blank=True)
    boundary_year = models.PositiveSmallIntegerField(_("year of the boundary"), null=True, blank=True)
    is_participating = models.BooleanField(_("uses the portal"), default=False)
    background = models.FileField(
        _("own background of the map"),
        upload_to="backgrounds/",
        blank=True,
        help_text=_("GeoJSON with water, parks, streets and buildings, drawn below the reports."),
    )
    theme = models.JSONField(_("theme"), default=dict, blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    contact_url = models.URLField(_("website"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    welcome_title = models.CharField(_("title of the front page"), max_length=80, blank=True)
    welcome_text = models.TextField(_("welcome on the front page"), max_length=600, blank=True)
    mail_sender_name = models.CharField(_("name under which mail is sent"), max_length=80, blank=True)
    reply_email = models.EmailField(_("address for answers to mail"), blank=True)
    retention_days = models.JSONField(_("days that records are kept"), default=dict, blank=True)
    thresholds = models.JSONField(_("thresholds of the local regulation"), default=dict, blank=True)
    service_level_days = models.PositiveSmallIntegerField(
        _("days within which people hear something"), default=5, help_text=_("Working days.")
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]
        rules_permissions = {
            "view_dashboard": is_official,
            "manage": is_coordinator,
            "moderate": is_coordinator | is_handler,
        }
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^GM\d{4}$"), name="municipality_code_form"
            ),
            models.CheckConstraint(
                condition=models.Q(service_level_days__gte=1, service_level_days__lte=90),
                name="municipality_service_level_1_to_90",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def municipality_id(self) -> int:
        """A municipality belongs to itself, so that permission rules can ask it like any other object."""
        return self.pk


class MunicipalityOwned(RulesModel):
    """Base of what belongs to one municipality: queries need a scope, or fail."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )

    objects: Any = ScopedManager(municipality="municipality")

    class Meta:
        abstract = True
