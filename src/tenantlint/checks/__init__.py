"""The check library: metadata, catalogue, self-test, scaffold, documentation and the control matrix."""
