"""What the portal does in Budgetmonitoring."""
