"""Following the money that the council adopted: plan, spent, forecast, signals, and what residents see of it."""
