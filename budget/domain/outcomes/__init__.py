"""The residents' alternative: freezing it, what was counted, the files to check it by, and the reasons of each line."""
