"""How the amounts of one CSV file are written, which decides what one means that can be read in two ways."""

from budget.domain.deliveries.reading import amounts
from budget.domain.deliveries.reading.complaints import Complaints
from budget.domain.deliveries.reading.gathering import Bucket


class Written:
    """The amounts of a file in thousand euro; ``decide`` comes when all of them have been seen."""

    def __init__(self, complaints: Complaints) -> None:
        self.complaints = complaints
        self._seen: set[str] = set()
        self._open: list[tuple[Bucket, int, str, str]] = []

    def euro_of_next(self, bucket: Bucket, text: str, column: str) -> int:
        """The amount of the row that is put in the bucket next, in euro. Raises ``amounts.NotAnAmount``.

        0 for what can be read in two ways, as the point can be of thousands or of decimals, until ``decide``.
        """
        if not text.isdecimal():
            self._seen.add(text)
        try:
            return amounts.from_text(text, amounts.THOUSAND)
        except amounts.TwoWays:
            self._open.append((bucket, len(bucket.rows), text, column))
            return 0

    def decide(self) -> None:
        """Put in what was left open, as the other amounts are written. A complaint of each where they don't tell it."""
        if not self._open:
            return
        is_dutch = any(map(amounts.is_dutch, self._seen))
        is_decided = is_dutch != any(map(amounts.has_decimal_point, self._seen))
        for bucket, number, text, column in self._open:
            row = bucket.rows[number]
            if is_decided:
                amount = amounts.decided(text, amounts.THOUSAND, dutch=is_dutch)
                bucket.rows[number] = row._replace(amount=amount)
            else:
                self.complaints.add(row.place, column, text, amounts.two_ways())
