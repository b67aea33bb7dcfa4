"""Pseudonyms in the place of people, so that a snapshot may be passed on and still be judged and compared."""

from tenantlint.snapshot.redaction.key_file import Key, check_place, open_key
from tenantlint.snapshot.redaction.redactor import Choice, Names, Redactor

__all__ = ["Choice", "Key", "Names", "Redactor", "check_place", "open_key"]
