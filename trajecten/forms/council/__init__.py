"""What clerks fill in about council items, and what lists of them are asked for."""
