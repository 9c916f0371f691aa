"""Visie en cultuurverandering: a vision and a change of culture, made together."""
