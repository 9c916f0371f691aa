"""What pages and dashboards read. Every count and order here is served by an index (see ``models.Report``)."""
