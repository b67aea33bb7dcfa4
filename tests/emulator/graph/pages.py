"""Pages and their tokens: opaque, bound to the list that they came from, and good for a while only."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from urllib.parse import quote

from tests.emulator.graph import errors
from tests.emulator.graph.queries import Query
from tests.emulator.world import World

_SAFE = "$,()*':@!;="


class Tokens:
    """Makes and reads skip tokens of one emulated tenant."""

    def __init__(self, world: World) -> None:
        self._world = world

    def make(self, path: str, query: Query, offset: int) -> str:
        """A token for the objects from `offset` on."""
        issued = self._world.clock.monotonic()
        state = json.dumps([path, sorted(query.given.items()), offset, issued]).encode()
        packed = zlib.compress(state)
        return base64.urlsafe_b64encode(zlib.crc32(packed).to_bytes(4, "big") + packed).rstrip(b"=").decode()

    def offset(self, path: str, query: Query) -> int:
        """Where the page begins. Raises GraphError (400) for a token that is not ours, of another list, or too old."""
        if query.skip_token is None:
            return 0
        try:
            data = base64.urlsafe_b64decode(query.skip_token + "=" * (-len(query.skip_token) % 4))
            if zlib.crc32(data[4:]).to_bytes(4, "big") != data[:4]:
                raise errors.invalid_page()
            made_for, options, offset, issued = json.loads(zlib.decompress(data[4:]))
        except (binascii.Error, ValueError, zlib.error) as error:
            raise errors.invalid_page() from error
        if made_for != path or options != [list(pair) for pair in sorted(query.given.items())]:
            raise errors.invalid_page()
        if self._world.clock.monotonic() - issued > self._world.skip_token_lifetime:
            raise errors.expired_page()
        return int(offset)

    def link(self, path: str, query: Query, offset: int) -> str:
        """The whole next link."""
        options = {**query.given, "$skiptoken": self.make(path, query, offset)}
        text = "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in options.items())
        return f"{self._world.origins['graph']}{path}?{text}"
