"""Task fields that stand in figures beside parts of themselves."""

from collections.abc import Sequence

import polars as pl
from django.utils.translation import gettext as _

from budget.domain.deliveries import frames
from budget.domain.deliveries.rows import Figures
from budget.iv3 import codes

_OF = ("at", "side", "task_field")


def note(figures: Sequence[Figures]) -> list[str]:
    """A note of task fields that stand beside parts of themselves on the same side, if there are any.

    Both count. That is right where one of them is what is left over, and wrong where it is the sum of the others.
    """
    rows = frames.joined(figures).select(_OF)
    found = _beside_parts(rows.filter(frames.begins(*_OF)).unique())
    if not found:
        return []
    listed = ", ".join(sorted(found, key=codes.sort_key))
    return [_("Also parts of these task fields are in it; all of them count: %(codes)s.") % {"codes": listed}]


def _beside_parts(there: pl.DataFrame) -> set[str]:
    known = set(there["task_field"].unique())
    part_of = [(code, above) for code in known for above in codes.chain(code)[1:] if above in known]
    above = pl.DataFrame(part_of, schema={"task_field": pl.String, "above": pl.String}, orient="row")
    wholes = there.join(above, on="task_field").select("at", "side", task_field="above")
    return set(wholes.join(there, on=_OF, how="semi")["task_field"].unique())
