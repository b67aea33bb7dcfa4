"""The forms in which services name a person, a group or an object of configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tenantlint.snapshot.redaction.hosts import Hosts
from tenantlint.snapshot.redaction.pseudonyms import Pseudonyms
from tenantlint.snapshot.redaction.texts import Texts
from tenantlint.snapshot.redaction.vocabulary import Vocabulary

Replace = Callable[[str], str]
NAME_AND_ADDRESS = re.compile(r"([^;<>@]*[^;<>@\s])(\s*;\s*|\s*<)([^;<>\s]+@[^;<>\s]+)(>?)")
_PREFIXED = re.compile(r"([A-Za-z0-9]{2,12}:)(.+)", re.DOTALL)
_BARE_ADDRESS = re.compile(r"[^@ ,;<>]+@[^@ ,;<>]+")
_DIRECTORY_PATH = re.compile(r"(.+\.[A-Za-z]+/.+/)([^/]+)", re.DOTALL)
LONGEST_NAME = 1000  # characters that may name somebody: what is longer is a text
_DIRECTORY_PREFIXES = ("X500:", "EUM:")


class Forms:
    """Replaces whole strings that name one thing. `walk`: rewrites an object that stood as JSON in a string."""

    def __init__(
        self,
        pseudonyms: Pseudonyms,
        hosts: Hosts,
        known: Vocabulary,
        texts: Texts,
        walk: Callable[[Any], Any],
    ) -> None:
        self._pseudonyms = pseudonyms
        self._hosts = hosts
        self._known = known
        self._texts = texts
        self._walk = walk

    def named(self, replace: Replace) -> Replace:
        """The replacement of a name, but for names that Microsoft gave."""
        return lambda text: text if self._known.keeps_name(text) else replace(text)

    def configuration(self, text: str) -> str:
        """The name of an object of configuration; where it has an id for a name, that id."""
        if self._known.keeps_name(text):
            return text
        if self._texts.is_guid(text):
            return self._texts.ids(text)
        prefix, colon, name = text.partition(":")
        if colon and prefix == "Tag":  # of Teams: what is not the tenant-wide policy
            return f"Tag:{self._pseudonyms.name(name)}"
        return self._pseudonyms.name(text)

    def address(self, text: str) -> str:
        """A mail address or user principal name, also as `smtp:...`; a bare account name."""
        prefixed = _PREFIXED.fullmatch(text)
        prefix, rest = (prefixed[1], prefixed[2]) if prefixed else ("", text)
        if prefix.upper() in _DIRECTORY_PREFIXES:
            return f"{prefix}{self._pseudonyms.directory_name(rest)}"
        return f"{prefix}{self.principal(rest, self._pseudonyms.account)}"

    def principal(self, text: str, name: Replace) -> str:
        """A person or group in any form; `name` replaces one that is a name."""
        if len(text) > LONGEST_NAME:
            return self._embedded(text) if text.startswith(("{", "[")) else self._texts.domains(text)
        if _BARE_ADDRESS.fullmatch(text) and not _PREFIXED.fullmatch(text):
            return self._hosts.address(text)
        if text.startswith(("{", "[")):
            return self._embedded(text)
        if "@" in text:
            return self._with_address(text, name)
        path = _DIRECTORY_PATH.fullmatch(text)
        if path:
            return f"{self._texts.text(path[1])}{self.principal(path[2], name)}"
        return self._without_address(text, name)

    def _with_address(self, text: str, name: Replace) -> str:
        named = NAME_AND_ADDRESS.fullmatch(text)
        if named:
            return f"{name(named[1])}{named[2]}{self.address(named[3])}{named[4]}"
        prefixed = _PREFIXED.fullmatch(text)
        return f"{prefixed[1]}{self.principal(prefixed[2], name)}" if prefixed else self._texts.domains(text)

    def _without_address(self, text: str, name: Replace) -> str:
        if self._texts.is_guid(text):
            return self._texts.ids(text)
        if "=" in text:
            return self._pseudonyms.directory_name(text)
        if " " not in text and self._texts.domains_in(text) == [text]:
            return self._texts.domains(text)
        return name(text)

    def _embedded(self, text: str) -> str:
        """JSON as text: Purview tells people so."""
        try:
            return json.dumps(self._walk(json.loads(text)), ensure_ascii=False)
        except (ValueError, RecursionError):
            return self._texts.domains(text)
