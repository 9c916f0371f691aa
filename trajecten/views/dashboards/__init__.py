"""The first page of who works here: what asks for attention, and how the work goes."""
