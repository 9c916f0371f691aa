"""The outcome of loading."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Loaded:
    """Numbers of rows; ``left_out`` counts features that were rightly not loaded, such as sea."""

    new: int
    changed: int
    unchanged: int
    left_out: int = 0

    def __str__(self) -> str:
        text = _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
        if self.left_out:
            text = _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(left_out)s left out.")
        return text % asdict(self)
