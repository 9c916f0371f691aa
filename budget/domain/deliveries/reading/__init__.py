"""Reading figures, a module a form. Which form a file has follows from its content, never from its name."""
