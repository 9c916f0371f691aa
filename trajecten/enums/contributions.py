"""What becomes of the words of a contribution."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moderation(models.TextChoices):
    """Whether others may read the words of a contribution."""

    PENDING = "pending", _("not looked at yet")
    PUBLISHED = "published", _("public")
    HIDDEN = "hidden", _("not public")


class HideReason(models.TextChoices):
    """Why a contribution is kept from others; the author reads it in a sentence (``domain.moderation.SENTENCES``)."""

    PERSONAL = "personal", _("names or other personal things")
    INSULT = "insult", _("insulting or threatening")
    DISCRIMINATION = "discriminate", _("discriminating")
    UNLAWFUL = "unlawful", _("against the law")
    ADVERTISING = "advertising", _("advertising")
    OFF_TOPIC = "off_topic", _("about something else")
    DOUBLE = "double", _("said twice")
    OTHER = "other", _("something else")
    AUTHOR = "author", _("the author wants it")


class ObjectionOutcome(models.TextChoices):
    """What a coordinator decides on the objection of an author."""

    OPEN = "open", _("waits for an answer")
    GRANTED = "granted", _("public again")
    REFUSED = "refused", _("stays hidden")


class AbuseReason(models.TextChoices):
    """What a visitor finds wrong with a public contribution."""

    PERSONAL = "personal", _("There are names or other personal things in it")
    INSULT = "insult", _("It is insulting or threatening")
    DISCRIMINATION = "discriminate", _("It discriminates")
    UNTRUE = "untrue", _("It is not true")
    ADVERTISING = "advertising", _("It is advertising")
    OTHER = "other", _("Something else")
