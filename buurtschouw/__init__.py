"""Digitale buurtschouw: walk the neighbourhood, enter what you see, hear what is done with it."""
