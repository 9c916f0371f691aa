"""Choosing what is looked at: themes by residents, then programmes, each with the reasons."""
