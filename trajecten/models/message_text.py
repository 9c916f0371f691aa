from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.models.municipality import MunicipalityOwned
from trajecten.rules import is_coordinator


class MessageText(MunicipalityOwned):
    """A municipality's own words in one message of the catalogue, in one language.

    ``subject`` and ``opening`` take the place of the standard subject and of the greeting; an empty one leaves the
    standard words. ``opening`` is Markdown. Both may hold the placeholders of the message, as ``{name}``.
    """

    key = models.CharField(_("message"), max_length=60)
    language = models.CharField(_("language"), max_length=5, default="nl")
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    opening = models.TextField(_("opening words"), max_length=2000, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")
        rules_permissions = {"view": is_coordinator, "change": is_coordinator}
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key", "language"], name="message_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"
