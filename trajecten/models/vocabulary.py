from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from trajecten.models.municipality import MunicipalityOwned


class Word(MunicipalityOwned):
    """A word that occurs in what everybody may read, to find what somebody meant who typed it wrongly.

    Made anew every night (``trajecten.domain.searching.vocabulary``); never shown by itself.
    """

    word = models.CharField(max_length=40)
    uses = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        indexes = [GinIndex(F("municipality"), OpClass("word", "gin_trgm_ops"), name="word_alike")]
        constraints = [models.UniqueConstraint(fields=["municipality", "word"], name="word_once")]

    def __str__(self) -> str:
        return self.word
