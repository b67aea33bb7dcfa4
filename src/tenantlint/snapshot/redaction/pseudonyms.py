"""One value, one pseudonym: HMAC-SHA256 under the key, over the value in NFC and case-folded.

So the same value comes out the same in every collection and every snapshot under one key, whatever its letter case,
and nobody without the key can try values out.
"""

from __future__ import annotations

import base64
import hmac
import re
import unicodedata
import uuid

_HEX = 12  # digits of a pseudonym: two of a million names fall together once in 500 such tenants
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\D")


def folded(text: str) -> str:
    """The text as it is compared: NFC, without regard to letter case, without outer space."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).strip()


def words_of(name: str) -> str:
    """A name as its words: what stands between them does not tell two people apart."""
    return " ".join(_WORD.findall(folded(name))) or folded(name)


class Pseudonyms:
    """Pseudonyms of bare values. `secret`: the key.

    `account_starts`: how accounts begin that directories make for themselves (`krbtgt`), case-folded. A name of
    theirs keeps that beginning, for it tells of no person, and checks look for it.
    """

    def __init__(self, secret: bytes, account_starts: tuple[str, ...] = ()) -> None:
        self._secret = secret
        self._account_starts = account_starts

    def digest(self, kind: str, value: str) -> bytes:
        """32 bytes that hang on the kind, the value and the key."""
        return hmac.digest(self._secret, f"{kind}\0{value}".encode("utf-8", "surrogatepass"), "sha256")

    def hex(self, kind: str, value: str) -> str:
        return self.digest(kind, value).hex()[:_HEX]

    def person(self, name: str) -> str:
        start = self._account_start(name)
        return f"{start or 'Person'} {self.hex('person', words_of(name))}"

    def group(self, name: str) -> str:
        return f"Group {self.hex('group', words_of(name))}"

    def tenant(self, name: str) -> str:
        return f"Tenant {self.hex('tenant', words_of(name))}"

    def name(self, name: str) -> str:
        """The name of an object of configuration."""
        return f"Name {self.hex('name', folded(name))}"

    def word(self, text: str) -> str:
        """An attribute of a person: a department, a title."""
        return f"Word {self.hex('word', folded(text))}"

    def note(self, text: str) -> str:
        """What somebody wrote."""
        return f"Text {self.hex('note', folded(text))}"

    def account(self, text: str) -> str:
        """The part of an address before the @, or the name of an account on premises."""
        start = self._account_start(text)
        return f"{start + '_' if start else 'u'}{self.hex('account', folded(text))}"

    def _account_start(self, text: str) -> str:
        plain = folded(text)
        return next((start for start in self._account_starts if plain.startswith(start)), "")

    def label(self, text: str) -> str:
        """The label that names the tenant under a domain of Microsoft's."""
        return f"t{self.hex('label', folded(text))}"

    def device(self, text: str) -> str:
        return f"Device {self.hex('device', folded(text))}"

    def phone(self, number: str) -> str:
        """A number under +999, which is assigned to no country."""
        digits = _DIGIT.sub("", number)
        return f"+999 {int.from_bytes(self.digest('phone', digits)[:8], 'big') % 10**10:010d}"

    def token(self, text: str) -> str:
        """An opaque identifier that is not a GUID, such as an immutable id: base64 of 16 bytes."""
        return base64.b64encode(self.digest("token", text)[:16]).decode()

    def key_like(self, text: str) -> str:
        """An opaque identifier for use in URLs, as long as it was (43 characters at most)."""
        return base64.urlsafe_b64encode(self.digest("token", text)).decode().rstrip("=")[: max(22, len(text))]

    def directory_name(self, text: str) -> str:
        """A distinguished name on premises."""
        return f"CN=u{self.hex('directory', folded(text))}"

    def security_id(self, text: str) -> str:
        """A security identifier: S-1-5-21 and four numbers."""
        found = self.digest("security", folded(text))
        return "S-1-5-21-" + "-".join(str(int.from_bytes(found[at : at + 4], "big")) for at in (0, 4, 8, 12))

    def guid(self, value: str) -> str:
        """A GUID of version 8 (RFC 9562: whatever its maker likes)."""
        found = bytearray(self.digest("id", value.lower())[:16])
        found[6] = found[6] & 0x0F | 0x80
        found[8] = found[8] & 0x3F | 0x80
        return str(uuid.UUID(bytes=bytes(found)))
