"""Test data. Every factory works with and without an active scope; rows of one test share one municipality."""
