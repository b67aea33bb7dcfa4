"""What is known of one tenant after a first look at its objects: whom and what to find in texts, which ids to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenantlint.snapshot.redaction.fields import PersonalData
from tenantlint.snapshot.redaction.hosts import Hosts
from tenantlint.snapshot.redaction.pseudonyms import folded, words_of

MOST_WORDS = 6  # of a name that is looked for in texts
_LEAST_LABEL = 6  # letters of a tenant's label that is found inside longer words
_MICROSOFT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"  # the tenant that owns Microsoft's applications


class Names:
    """Names of two or more words, to be found in texts. Names of one word are common words too often."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._starts: set[str] = set()

    def add(self, name: str) -> None:
        words = words_of(name)
        start, space, _ = words.partition(" ")
        if space and words.count(" ") < MOST_WORDS:
            self._names.add(words)
            self._starts.add(start)

    def may_start(self, word: str) -> bool:
        return word in self._starts

    def __contains__(self, words: str) -> bool:
        return words in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)


class Vocabulary:
    """Filled in by `Redactor.learn`; asked while objects are rewritten."""

    def __init__(self, data: PersonalData, hosts: Hosts) -> None:
        self._data = data
        self._hosts = hosts
        self.persons = Names()
        self.groups = Names()
        self.words: set[str] = set()
        self.domains: set[str] = set()
        self.tenant_names: set[str] = set()
        self.labels: set[str] = set()
        self._kept_names: set[str] = set()
        self._kept_ids: set[str] = set(data.kept_ids)
        self._own_applications: set[str] = set()

    def person(self, name: str) -> None:
        if not self.keeps_name(name):
            self.persons.add(name)

    def group(self, name: str) -> None:
        if not self.keeps_name(name):
            self.groups.add(name)

    def word(self, text: str) -> None:
        self.words.add(folded(text))

    def tenant(self, name: str) -> None:
        """The display name of the tenant: found as a whole, and, when it is one distinctive word, inside words."""
        words = words_of(name)
        if not words or words in self._data.kept_words:
            return
        self.tenant_names.add(words)
        if " " not in words:
            self._label(words)

    def domain(self, domain: str) -> None:
        """A domain that is the tenant's, or one of its partners'."""
        name = folded(domain).strip(".*")
        if "." in name and "@" not in name:
            self._hosts.learn(name)
            if not self._hosts.kept(name):
                self.domains.add(name)

    def initial_domain(self, domain: str) -> None:
        self.domain(domain)
        self._label(folded(domain).partition(".")[0])

    def keep_name(self, name: str) -> None:
        """A name that Microsoft gave."""
        self._kept_names.add(folded(name))

    def keep_id(self, value: str) -> None:
        self._kept_ids.add(value.lower())

    def own_application(self, app_id: str) -> None:
        """An application that the tenant registered: its id tells of the tenant, unlike that of another's."""
        self._own_applications.add(app_id.lower())

    def keeps_name(self, name: str) -> bool:
        plain = folded(name)
        return (
            not plain
            or plain in self._data.kept_names
            or plain in self._kept_names
            or plain.startswith(self._data.kept_name_starts)
        )

    def keeps_id(self, value: str) -> bool:
        low = value.lower()
        return (low in self._kept_ids and low not in self._own_applications) or _well_known(low)

    def longest_first(self) -> Iterable[str]:
        """The tenant's labels, longer ones first, so that none hides another."""
        return sorted(self.labels, key=lambda label: (-len(label), label))

    def _label(self, label: str) -> None:
        if len(label) >= _LEAST_LABEL and label not in self._data.kept_words:
            self.labels.add(label)


def is_microsoft(tenant_id: object) -> bool:
    """Whether the id is of the tenant that owns Microsoft's applications."""
    return str(tenant_id).lower() == _MICROSOFT


def _well_known(guid: str) -> bool:
    """Ids that Microsoft made by hand: `00000003-0000-0ff1-ce00-000000000000`."""
    return guid.startswith("00000000-0000-0000") or (
        guid.startswith("0000000") and guid[8:] in ("-0000-0000-c000-000000000000", "-0000-0ff1-ce00-000000000000")
    )
