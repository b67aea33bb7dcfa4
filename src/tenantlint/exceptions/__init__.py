"""The exception register: read, validate, and match against findings."""
