"""The forms of budgetmonitoring, one module a subject."""
