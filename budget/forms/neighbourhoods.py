"""A neighbourhood, where one can leave it open."""

from typing import Any

from trajecten.domain import places
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.models import Area


class NeighbourhoodField(AreaField):
    """One of the newest wijken and buurten of the municipality of the page, or none (``empty_label``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Area.objects.none(), required=False, **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> "NeighbourhoodField":
        """Every form has a copy of its own; which municipality it is about is known by then."""
        field: NeighbourhoodField = super().__deepcopy__(memo)
        field.queryset = areas_to_choose(places.latest_areas())
        return field
