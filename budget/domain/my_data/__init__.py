"""What budgetmonitoring keeps of people, a module a subject: how they read it, how it is erased, how long it stays."""
