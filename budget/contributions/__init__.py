"""What the core knows of the contributions of budgetmonitoring: their titles, addresses, and who is behind them."""

from budget.contributions import alternatives, ballots, choosing, observations, outcomes

KINDS = (*choosing.KINDS, *alternatives.KINDS, *ballots.KINDS, *outcomes.KINDS, observations.KIND)
