"""The figures of the budget, for everybody."""
