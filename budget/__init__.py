"""Budgetmonitoring: residents read the budget, make an alternative, and follow what happens."""
