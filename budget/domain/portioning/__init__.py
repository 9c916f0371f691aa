"""Dividing an envelope from zero: every voter says which share each project should get.

Pure functions over frozen dataclasses, without a database. Explained in ``docs/counting.md``.
"""
