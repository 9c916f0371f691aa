"""How often somebody wants to hear of what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.domain.telling.preferences import Choice
from trajecten.enums import Channel, Frequency
from trajecten.registry import Category

IN_PORTAL = ((Frequency.AT_ONCE, _("yes")), (Frequency.NEVER, _("no")))
NO_SUCH = {"invalid_choice": _("This choice does not exist (any more). Choose another one.")}


class PreferencesForm(forms.Form):
    """For each category how often by mail, and for who has an account whether in the portal.

    What is not sent along stays as it was chosen.
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
            self._ask(f"{category.key}-email", _("By e-mail"), Frequency.choices, chosen.mail)
            if in_portal:
                self._ask(f"{category.key}-inapp", _("In the portal"), IN_PORTAL, chosen.inapp)

    def _ask(self, name: str, label: Any, choices: Any, initial: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, required=False, choices=choices, initial=initial, error_messages=NO_SUCH
        )

    def groups(self) -> Iterator[tuple[Category, list[forms.BoundField]]]:
        """Each category with its fields."""
        for category in self.categories:
            yield category, [self[f"{category.key}-{channel}"] for channel in self.channels]

    def chosen(self) -> Iterator[tuple[Category, Channel, str]]:
        """What was filled in."""
        for category in self.categories:
            for channel in self.channels:
                chosen = self.cleaned_data[f"{category.key}-{channel}"]
                if chosen:
                    yield category, channel, chosen
