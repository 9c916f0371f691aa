"""What the core knows of the contributions of budgetmonitoring: their titles, addresses, and who is behind them."""

from budget.contributions import alternatives, outcomes

KINDS = (*alternatives.KINDS, *outcomes.KINDS)
