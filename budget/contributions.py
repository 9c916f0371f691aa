"""What the core knows of the contributions of budgetmonitoring: their titles, addresses, and who is behind them."""

from trajecten.registry import ContributionKind

KINDS: tuple[ContributionKind, ...] = ()
