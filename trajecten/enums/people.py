"""Who people are, and what they consent to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """What an area is in the division of the CBS: a wijk (code WK…) has buurten (BU…)."""

    WIJK = "wijk", _("district (wijk)")
    BUURT = "buurt", _("neighbourhood (buurt)")


class Role(models.TextChoices):
    """What an official does in one municipality."""

    COORDINATOR = "coordinator", _("coordinator")
    HANDLER = "handler", _("handler")
    CLERK = "clerk", _("council clerk")


class ParticipantKind(models.TextChoices):
    """As whom somebody takes part in a municipality."""

    RESIDENT = "resident", _("resident")
    ENTREPRENEUR = "entrepreneur", _("entrepreneur")
    PROFESSIONAL = "professional", _("social professional")
    OFFICIAL = "official", _("official")
    COUNCILLOR = "councillor", _("councillor")
    EXECUTIVE = "executive", _("executive")
    ORGANISATION = "organisation", _("organisation")


class AgeBand(models.TextChoices):
    """Of minors and young people we keep a band, never a birth date."""

    AGE_12_13 = "12-13", _("12 or 13 years")
    AGE_14_15 = "14-15", _("14 or 15 years")
    AGE_16_17 = "16-17", _("16 or 17 years")
    AGE_18_23 = "18-23", _("18 to 23 years")


class ConsentPurpose(models.TextChoices):
    """What somebody consents to; each purpose is asked and withdrawn by itself."""

    CONTACT = "contact", _("contact by e-mail")
    PUBLICATION = "publication", _("publication")
    PHOTO = "photo", _("photo")
    GUARDIAN = "guardian", _("taking part, given by a parent or guardian")


class ErasedWords(models.TextChoices):
    """Which words of somebody stay, without their name, who has themselves erased."""

    PUBLIC = "public", _("What is public stays, without my name. The rest is removed.")
    ALL = "all", _("All my words stay, without my name.")
    NONE = "none", _("All my words are removed.")
