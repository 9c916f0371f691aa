"""The pages of budgetmonitoring, one module a subject."""
