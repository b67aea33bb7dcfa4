"""Access tokens for a run: fetched once a scope, kept until shortly before their end, dropped when refused.

azure-identity's credentials are blocking, and run in threads of their own, which end with the program: a device code
that nobody types must not hold up ctrl-C.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from tenantlint.collect import claims
from tenantlint.collect.clock import Clock
from tenantlint.collect.credentials import Auth, SignIn, SignInError, credential, sentence
from tenantlint.errors import UsageError

_MARGIN = 300.0  # seconds before its end at which a token counts as spent


class TokenSource(Protocol):
    """Gives access tokens."""

    async def token(self, scope: str) -> str:
        """A token for the scope (`https://graph.microsoft.com/.default`). Raises SignInError."""

    def reject(self, token: str, challenge: str | None = None) -> None:
        """The service refused this token: do not give it again. `challenge`: the claims that it wants to see."""

    async def close(self) -> None:
        """Give back what is held open."""


def sign_in(auth: Auth, clock: Clock) -> TokenSource:
    """The source of tokens for a run. Asks nobody for anything yet.

    Raises UsageError when a value is missing, and MissingExtraError without azure-identity.
    """
    if auth.method is SignIn.TOKEN:
        return _GivenTokens(auth, clock)
    return _AzureTokens(auth, clock)


class _GivenTokens:
    """Tokens that were handed in as text."""

    def __init__(self, auth: Auth, clock: Clock) -> None:
        if not auth.tokens:
            raise SignInError(
                "Sign-in with 'token' needs an access token, and the variable that should hold it is empty."
            )
        self._tokens = auth.tokens
        self._claims = [claims.read(token) for token in auth.tokens]
        self._any_audience = auth.any_audience
        self._clock = clock

    async def token(self, scope: str) -> str:
        fitting = (token for token, said in zip(self._tokens, self._claims, strict=True) if claims.fits(said, scope))
        token = next(fitting, self._tokens[0])
        try:
            if not self._any_audience:
                claims.check(token, scope, self._clock.now())
        except UsageError as error:
            raise SignInError(str(error)) from None
        return token

    def reject(self, token: str, challenge: str | None = None) -> None:
        """There is no other."""

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class _Held:
    token: str = field(repr=False)
    expires: float


class _AzureTokens:
    """Tokens from an azure-identity credential, one scope at a time, kept until shortly before their end."""

    def __init__(self, auth: Auth, clock: Clock) -> None:
        self._auth = auth
        self._clock = clock
        self._credential: Any = credential(auth)
        self._held: dict[str, _Held] = {}
        self._challenges: dict[str, str] = {}
        self._stale = False
        self._turn = asyncio.Lock()

    async def token(self, scope: str) -> str:
        async with self._turn:  # one prompt, one `az` at a time
            held = self._held.get(scope)
            if held is None or held.expires - _MARGIN <= self._clock.now().timestamp():
                held = self._held[scope] = await self._fetch(scope)
            return held.token

    def reject(self, token: str, challenge: str | None = None) -> None:
        for scope, held in list(self._held.items()):
            if held.token == token:
                del self._held[scope]
                if challenge:
                    self._challenges[scope] = challenge
                else:
                    self._stale = True

    async def close(self) -> None:
        close = getattr(self._credential, "close", None)
        if close is not None:
            close()

    async def _fetch(self, scope: str) -> _Held:
        wanted: dict[str, Any] = {}
        challenge = self._challenges.pop(scope, None)
        if challenge:
            wanted["claims"] = challenge
        if self._auth.method is SignIn.DEFAULT and self._auth.tenant:
            wanted["tenant_id"] = self._auth.tenant
        if self._stale and self._auth.method is not SignIn.DEVICE_CODE:
            # The credential would hand out the refused token from its own cache. A new one has none; only for a device
            # code that would mean to type another.
            self._credential = credential(self._auth)
        self._stale = False
        try:
            got = await _in_thread(lambda: self._credential.get_token(scope, **wanted))
        except SignInError:
            raise
        except Exception as error:  # azure-identity, msal or the network below them: all the same to the caller
            raise SignInError(f"Sign-in failed: {sentence(str(error), self._auth)}") from None
        return _Held(got.token, float(got.expires_on))


async def _in_thread(work: Callable[[], Any]) -> Any:
    """Run it in a thread that nothing waits for when the program ends."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def settle(value: Any, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(value)

    def run() -> None:
        value, failure = None, None
        try:
            value = work()
        except Exception as error:
            failure = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, value, failure)

    threading.Thread(target=run, name="sign-in", daemon=True).start()
    return await done
