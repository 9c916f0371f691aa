"""One residents' alternative budget from many: reading, the mean rule, and what stands beside it.

Pure functions over frozen dataclasses, without a database. Amounts are whole numbers in the unit of the lines, which is
a thousand euro in the files of the commands. Explained in ``docs/counting.md``.
"""
