"""Who may do what with a schouw and its reports."""

from trajecten.rules import is_adviser, is_clerk, is_coordinator, is_handler

may_read_reports = is_handler | is_coordinator | is_clerk | is_adviser
may_answer = is_handler | is_coordinator
may_plan = is_coordinator | is_adviser
may_hand_in = is_handler | is_coordinator | is_adviser
