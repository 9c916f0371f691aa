"""How often somebody wants to hear of what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.domain.telling.preferences import Choice
from trajecten.enums import Channel, Frequency
from trajecten.registry import Category

NO_SUCH = {"invalid_choice": _("This choice does not exist (any more). Choose another one.")}


class PreferencesForm(forms.Form):
    """For each category how often by mail, and for who has an account a tick for in the portal.

    A category that is not sent along stays as it was chosen.
    """

    def __init__(
        self,
        *args: Any,
        categories: Sequence[Category],
        choices: Mapping[str, Choice],
        in_portal: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.categories = categories
        self.channels = (Channel.EMAIL, Channel.INAPP) if in_portal else (Channel.EMAIL,)
        for category in categories:
            chosen = choices[category.key]
            self.fields[f"{category.key}-email"] = forms.ChoiceField(
                label=_("By e-mail"),
                required=False,
                choices=Frequency.choices,
                initial=chosen.mail,
                error_messages=NO_SUCH,
            )
            if in_portal:
                self.fields[f"{category.key}-inapp"] = forms.BooleanField(
                    label=_("In the portal"), required=False, initial=chosen.inapp != Frequency.NEVER
                )

    def groups(self) -> Iterator[tuple[Category, list[forms.BoundField]]]:
        """Each category with its fields."""
        for category in self.categories:
            yield category, [self[f"{category.key}-{channel}"] for channel in self.channels]

    def chosen(self) -> Iterator[tuple[Category, Channel, str]]:
        """What was filled in."""
        for category in self.categories:
            mail = self.cleaned_data[f"{category.key}-email"]
            if not mail:
                continue
            yield category, Channel.EMAIL, mail
            if Channel.INAPP in self.channels:
                is_shown = self.cleaned_data[f"{category.key}-inapp"]
                yield category, Channel.INAPP, Frequency.AT_ONCE if is_shown else Frequency.NEVER
