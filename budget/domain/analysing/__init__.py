"""Understanding the budget: notes on programmes with their sources, and questions that officials answer by a date."""
