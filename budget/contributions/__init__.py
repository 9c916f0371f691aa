"""What the core knows of the contributions of budgetmonitoring: their titles, addresses, and who is behind them."""

from budget.contributions import alternatives, choosing, observations, outcomes

KINDS = (*choosing.KINDS, *alternatives.KINDS, *outcomes.KINDS, observations.KIND)
