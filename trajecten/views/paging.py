"""Pages of a long list, without counting all of it."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

COUNTED = 1000
LAST_PAGE = 100_000


class LongPaginator(Paginator):
    """Counts ``COUNTED`` rows, or as far as one page beyond the one that is shown, and never further.

    ``has_more`` tells that there are more rows than were counted; the next page is then counted on its turn.
    """

    object_list: QuerySet

    def __init__(self, rows: QuerySet, per_page: int, number: str | None) -> None:
        super().__init__(rows, per_page)
        self.number = max(1, int(number)) if number and number.isdecimal() and len(number) < 7 else 1
        self.limit = max(COUNTED, min(self.number, LAST_PAGE) * per_page)

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[: self.limit + 1].count()

    @property
    def has_more(self) -> bool:
        return self.count > self.limit

    def shown(self) -> Page:
        """The page that was asked for, the first one for what is no number, the last one beyond the end."""
        return self.get_page(self.number)
