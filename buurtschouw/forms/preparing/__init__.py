"""What is filled in to prepare a walk, a module a subject."""
