"""What budgetmonitoring keeps of people, and for how long."""
