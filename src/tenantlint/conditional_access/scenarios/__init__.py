"""Scenarios: sign-ins with what shall come of them, run against a tenant like unit tests."""
