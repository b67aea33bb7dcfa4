"""From a live tenant to a native snapshot, read-only."""
