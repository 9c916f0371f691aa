"""The settings of a municipality that its coordinator keeps: colours, logo, words, terms, thresholds, mail."""

from collections.abc import Mapping
from functools import partial
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction

from trajecten.domain import activities
from trajecten.domain.house_style import theme
from trajecten.domain.photos import cleaning
from trajecten.models import Municipality, User
from trajecten.refusals import Refused


class SettingRefused(Refused):
    """A setting that can't be kept. ``field`` says which, ``message`` why."""


def tokens(*, accent: str, sun: str) -> dict[str, str]:
    """The colours as they are stored: only what differs from the portal's own."""
    chosen = {"accent": accent.lower(), "sun": sun.lower()}
    return {name: colour for name, colour in chosen.items() if colour and colour != theme.DEFAULTS[name]}


@transaction.atomic
def keep(
    *,
    municipality: Municipality,
    by: User,
    accent: str,
    sun: str,
    welcome_title: str,
    welcome_text: str,
    service_level_days: int,
    mail_sender_name: str,
    reply_email: str,
    retention_days: Mapping[str, int],
    thresholds: Mapping[str, int],
) -> Municipality:
    """Keep all settings but the logo. Refused (``SettingRefused``) for colours on which letters can't be read."""
    for field, reason in theme.check_contrast({"accent": accent, "sun": sun}):
        raise SettingRefused(reason, field=field)
    row = Municipality.objects.select_for_update().defer("boundary").get(pk=municipality.pk)
    # What the administrator set for a pointer over the accent was made for the old accent.
    row.theme = tokens(accent=accent, sun=sun)
    row.welcome_title, row.welcome_text = welcome_title.strip(), welcome_text.strip()
    row.service_level_days = service_level_days
    # It becomes part of a header.
    row.mail_sender_name, row.reply_email = " ".join(mail_sender_name.split()), reply_email
    row.retention_days, row.thresholds = dict(retention_days), dict(thresholds)
    row.save(
        update_fields=[
            "theme", "welcome_title", "welcome_text", "service_level_days", "mail_sender_name", "reply_email",
            "retention_days", "thresholds",
        ]
    )  # fmt: skip
    activities.record(verb="settings_changed", target=row, by=by)
    return row


def change_logo(*, municipality: Municipality, by: User, upload: BinaryIO, name: str, size: int) -> None:
    """Another logo: a picture that is written anew, as photos are. Refused (``SettingRefused``) for what is no
    picture; so an SVG, which can hold a program, is refused as well."""
    try:
        clean = cleaning.sanitise(upload, name=name, size=size)
    except cleaning.PhotoRefused as refused:
        raise SettingRefused(refused.message, field="logo") from refused
    file = ContentFile(clean.image, f"{municipality.code}-{clean.sha256[:12]}.jpg")
    _replace_logo(municipality=municipality, by=by, file=file)


def remove_logo(*, municipality: Municipality, by: User) -> None:
    """No logo any more: the portal's own mark stands there again."""
    _replace_logo(municipality=municipality, by=by, file=None)


@transaction.atomic
def _replace_logo(*, municipality: Municipality, by: User, file: ContentFile | None) -> None:
    row = Municipality.objects.select_for_update().defer("boundary").get(pk=municipality.pk)
    if row.logo:
        transaction.on_commit(partial(row.logo.storage.delete, str(row.logo.name)), robust=True)
    row.logo = file
    row.save(update_fields=["logo"])
    activities.record(verb="settings_changed", target=row, by=by, details={"logo": file is not None})
