"""What the portal does: every write is one function here, in one transaction with its activity and outbox rows."""
