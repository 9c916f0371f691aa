"""Keys by which money of the whole municipality is shown per wijk or buurt."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.enums import AreaKeyKind
from budget.models.figures import MAX_CODE, Budget
from trajecten.models import Area, MunicipalityOwned
from trajecten.rules import is_adviser, is_coordinator, is_official


class AreaKey(MunicipalityOwned):
    """By what a task field is divided over areas. Those by inhabitants and households need no weights: they are read
    from the areas; one of the municipality's own says where its weights come from."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=11, choices=AreaKeyKind)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("key for areas")
        verbose_name_plural = _("keys for areas")
        ordering = ["name"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator,
            "change": is_coordinator,
            "delete": is_coordinator,
        }
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="area_key_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=["own", "bookings"]) | ~Q(source=""), name="area_key_has_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaWeight(MunicipalityOwned):
    """The weight of an area in a key of the municipality's own; they need not add up to anything."""

    key = models.ForeignKey(AreaKey, on_delete=models.CASCADE, related_name="weights")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    weight = models.DecimalField(_("weight"), max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = _("weight of an area")
        verbose_name_plural = _("weights of areas")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "area"], name="area_weight_once"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="area_weight_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.weight}"


class AreaKeyUse(MunicipalityOwned):
    """Which key divides a task field. Where none is named it is divided by inhabitants, and the page says so."""

    task_field = models.CharField(_("task field"), max_length=MAX_CODE)
    key = models.ForeignKey(AreaKey, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        verbose_name = _("key of a task field")
        verbose_name_plural = _("keys of task fields")
        ordering = ["task_field"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "task_field"], name="area_key_use_once")
        ]

    def __str__(self) -> str:
        return self.task_field


class AreaBooking(MunicipalityOwned):
    """What was really booked in an area on a task field, for a key as it was booked. Amount in euro."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="area_bookings")
    task_field = models.CharField(_("task field"), max_length=MAX_CODE)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        verbose_name = _("booking in an area")
        verbose_name_plural = _("bookings in areas")
        ordering = ["task_field", "id"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "task_field", "area"], name="area_booking_once")
        ]

    def __str__(self) -> str:
        return f"{self.task_field}: {self.amount}"
