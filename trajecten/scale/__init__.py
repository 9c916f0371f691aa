"""A made-up country at full size, to measure the portal with: nothing in it is anybody's."""
