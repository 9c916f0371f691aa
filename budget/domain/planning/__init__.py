"""The calendar of planning and control: when a municipality decides on its money, and what has to be ready before."""
