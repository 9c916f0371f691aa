"""From request to trajectory: a municipality asks, an adviser proposes, the municipality accepts.

Every act locks the request first, so that of two at once the second sees what the first did. Every turn mails the
other side, in the transaction of the act.
"""
