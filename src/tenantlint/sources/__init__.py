"""Where a snapshot comes from: one function opens any target, and one reader a format knows how."""

from tenantlint.sources.reading import Reading
from tenantlint.sources.registry import open_target

__all__ = ["Reading", "open_target"]
