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


class TwoLists(LongPaginator):
    """Pages of the rows of one list, and then of another; of neither more is read than a page shows."""

    def __init__(self, first: QuerySet, then: QuerySet, per_page: int, number: str | None) -> None:
        super().__init__(then, per_page, number)
        self.first = first

    @cached_property
    def ahead(self) -> int:
        """How many rows the first list has."""
        return self.first.order_by()[: self.limit + 1].count()

    @cached_property
    def count(self) -> int:
        room = self.limit + 1 - self.ahead
        return self.ahead + (self.object_list.order_by()[:room].count() if room else 0)

    def page(self, number: int | str) -> Page:
        shown = self.validate_number(number)
        start = (shown - 1) * self.per_page
        rows = list(self.first[start : start + self.per_page]) if start < self.ahead else []
        if len(rows) < self.per_page:
            beyond = max(0, start - self.ahead)
            rows += self.object_list[beyond : beyond + self.per_page - len(rows)]
        return self._get_page(rows, shown, self)
