"""As whom somebody takes part."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from trajecten.enums import ParticipantKind


class KindField(forms.ChoiceField):
    """Resident, or one of the other kinds; named in the language of the reader."""

    def __init__(self, *, kinds: Iterable[ParticipantKind] = ParticipantKind, **options: Any) -> None:
        def named() -> list[tuple[str, str]]:
            return [(kind.value, capfirst(str(kind.label))) for kind in kinds]

        super().__init__(choices=named, initial=ParticipantKind.RESIDENT, **options)
