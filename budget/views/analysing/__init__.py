"""Understanding the budget: programmes with what was found of them, and questions with their answers."""
