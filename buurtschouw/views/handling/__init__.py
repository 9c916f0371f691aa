"""The page of one report for officials: read it, answer, assign, note, and say whether others may read it.

Each form is a POST of its own. With htmx the parts of the page that change come back; without it, the page.
"""
