"""Strings that hold more than one thing: what is known is found in them and replaced, the rest stays."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from tenantlint.snapshot.redaction import networks
from tenantlint.snapshot.redaction.hosts import Hosts
from tenantlint.snapshot.redaction.pseudonyms import Pseudonyms, folded
from tenantlint.snapshot.redaction.vocabulary import MOST_WORDS, Vocabulary

# Every repetition is bounded: a hostile text must not make a search take the square of its length.
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_LABELS = rf"(?:_[\w-]{{1,62}}\.|{_LABEL}\.){{1,30}}"
_ADDRESS = re.compile(rf"[\w+#&%~-][\w.+'#&%~-]{{0,127}}@{_LABELS}{_LABEL}")
_IN_TEXT = re.compile(rf"{_LABELS}[^\W\d_](?:[\w-]{{0,61}}[^\W_])?")
_GUID = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Fa-f])")
_UNDASHED = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{32}(?![0-9A-Za-z])")
_OPAQUE = re.compile(r"(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9_-]{22,}")
_LONGEST_OPAQUE = 200
_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"[\s,.'’-]{1,3}")
_LITERAL = re.compile(r'"([^"]*)"')


class Texts:
    """Replaces inside strings, for one tenant.

    `hash_ids`: GUIDs too, but for those that are the same in every tenant. `hash_ips`: addresses in `domains` texts.
    """

    def __init__(
        self, pseudonyms: Pseudonyms, hosts: Hosts, vocabulary: Vocabulary, *, hash_ids: bool, hash_ips: bool
    ) -> None:
        self._pseudonyms = pseudonyms
        self._hosts = hosts
        self._vocabulary = vocabulary
        self._hash_ids = hash_ids
        self._hash_ips = hash_ips

    def text(self, text: str) -> str:
        """Addresses, known domains, known names of two words and more, the tenant's name and label, ids."""
        if "@" in text:
            text = _ADDRESS.sub(lambda match: self._hosts.address(match[0]), text)
        if "." in text:
            text = _IN_TEXT.sub(self._known_domain, text)
        return self._words(self.ids(text))

    def domains(self, text: str) -> str:
        """The same, with every domain replaced, known or not."""
        if "@" in text:
            text = _ADDRESS.sub(lambda match: self._hosts.address(match[0]), text)
        if "." in text:
            text = _IN_TEXT.sub(lambda match: self._replaced(match[0]), text)
        if self._hash_ips:
            text = networks.in_text(text, self._pseudonyms)
        return self._words(self.ids(text))

    def rule(self, rule: str) -> str:
        """A membership rule: literals that are somebody's attributes, and what texts hold."""
        words = self._vocabulary.words
        rule = _LITERAL.sub(
            lambda match: f'"{self._pseudonyms.word(match[1])}"' if folded(match[1]) in words else match[0], rule
        )
        return self.text(rule)

    def ids(self, text: str) -> str:
        """GUIDs, with or without dashes."""
        if not self._hash_ids or len(text) < 32:
            return text
        if "-" in text:
            text = _GUID.sub(lambda match: self.guid(match[0]), text)
        return _UNDASHED.sub(self._undashed, text)

    def identifier(self, text: str) -> str:
        """A string that is an identifier: also one of Graph's that is no GUID, and holds one in base64."""
        if len(text) == 36 and _GUID.fullmatch(text):
            return self.guid(text) if self._hash_ids else text
        if self._hash_ids and len(text) <= _LONGEST_OPAQUE and _OPAQUE.fullmatch(text) and not _GUID.search(text):
            return self._pseudonyms.key_like(text)
        return self.text(text)

    def guid(self, guid: str) -> str:
        return guid if self._vocabulary.keeps_id(guid) else self._pseudonyms.guid(guid)

    def is_guid(self, text: str) -> bool:
        return len(text) == 36 and _GUID.fullmatch(text) is not None

    def holds_guid(self, text: str) -> bool:
        """Whether a GUID stands in the text."""
        return _GUID.search(text) is not None

    def domains_in(self, text: str) -> list[str]:
        """The domains that stand in a text, those of addresses included."""
        return _IN_TEXT.findall(text) if "." in text else []

    def _undashed(self, match: re.Match[str]) -> str:
        found = match[0]
        dashed = "-".join((found[:8], found[8:12], found[12:16], found[16:20], found[20:]))
        return self.guid(dashed).replace("-", "") if not self._vocabulary.keeps_id(dashed) else found

    def _known_domain(self, match: re.Match[str]) -> str:
        rest = folded(match[0])
        while rest:
            if rest in self._vocabulary.domains:
                return self._hosts.domain(match[0])
            rest = rest.partition(".")[2]
        return self._replaced(match[0]) if self._is_shared(match[0]) else match[0]

    def _is_shared(self, host: str) -> bool:
        """A host of Microsoft's that carries a tenant's label: `contoso.sharepoint.com`."""
        return not self._hosts.kept(host) and self._hosts.under_shared(host)

    def _replaced(self, host: str) -> str:
        return host if self._hosts.kept(host) else self._hosts.domain(host)

    def _words(self, text: str) -> str:
        if not self._vocabulary.keeps_name(text):
            text = self._names(text)
        return self._labels.sub(lambda match: self._hosts.label(match[0]), text) if self._labels else text

    @cached_property
    def _labels(self) -> re.Pattern[str] | None:
        """The tenant's label anywhere, but not in a pseudonym of a name that was just put in."""
        found = [re.escape(label) for label in self._vocabulary.longest_first()]
        return re.compile("|".join(found), re.IGNORECASE) if found else None

    def _names(self, text: str) -> str:
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        found = list(_WORD.finditer(text))
        words = [folded(match[0]) for match in found]
        parts: list[str] = []
        done = at = 0
        while at < len(found):
            taken, pseudonym = self._name_at(text, found, words, at) if self._may_start(words[at]) else (0, "")
            if taken:
                parts += (text[done : found[at].start()], pseudonym)
                done = found[at + taken - 1].end()
            at += taken or 1
        return "".join((*parts, text[done:])) if parts else text

    def _may_start(self, word: str) -> bool:
        vocabulary = self._vocabulary
        return vocabulary.persons.may_start(word) or vocabulary.groups.may_start(word) or word in self._tenant_starts

    @cached_property
    def _tenant_starts(self) -> frozenset[str]:
        return frozenset(name.partition(" ")[0] for name in self._vocabulary.tenant_names)

    def _name_at(self, text: str, found: list[re.Match[str]], words: list[str], at: int) -> tuple[int, str]:
        """How many words from here on are a name, the longest, and its pseudonym; 0 when none is."""
        vocabulary = self._vocabulary
        most = 1
        while (
            most < MOST_WORDS
            and at + most < len(found)
            and _BETWEEN.fullmatch(text, found[at + most - 1].end(), found[at + most].start())
        ):
            most += 1
        for count in range(most, 0, -1):
            name = " ".join(words[at : at + count])
            if name in vocabulary.persons:
                return count, self._pseudonyms.person(name)
            if name in vocabulary.groups:
                return count, self._pseudonyms.group(name)
            if name in vocabulary.tenant_names:
                # One word may be part of a host name or a path, where a pseudonym must be one word as well.
                return count, self._pseudonyms.tenant(name) if count > 1 else self._hosts.label(name)
        return 0, ""
