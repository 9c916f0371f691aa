from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import Moderation
from trajecten.models.area import Area
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant
from trajecten.models.trajectory import Trajectory


class Contribution(MunicipalityOwned):
    """What a resident said. Each app has its own model of it on this base.

    The author is never removed along with the contribution's trajectory or the other way round: who
    leaves becomes nobody, what was said stays.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="%(class)ss")
    author = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="%(class)ss"
    )
    area = models.ForeignKey(
        Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    text = models.TextField(_("text"))
    moderation = models.CharField(
        _("may others read it"), max_length=10, choices=Moderation, default=Moderation.PENDING
    )
    supports = models.PositiveIntegerField(_("supports"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether others may read the words."""
        return self.moderation == Moderation.PUBLISHED
