"""A loopback server that answers with exactly the bytes it is given, or breaks off where it is told to."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Got:
    """A request as it arrived. Header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class RawServer:
    """Answers in order, the last one for ever. An empty answer closes the connection; None never answers.

    `slow`: seconds between two bytes of an answer.
    """

    answers: list[bytes | None]
    slow: float = 0.0
    got: list[Got] = field(default_factory=list)
    alpn: list[str | None] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    port: int = 0
    scheme: str = "http"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{'localhost' if self.scheme == 'https' else '127.0.0.1'}:{self.port}"

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.tasks.add(asyncio.get_running_loop().create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tls = writer.get_extra_info("ssl_object")
        self.alpn.append(tls.selected_alpn_protocol() if tls else None)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, target, _ = head[0].split(" ")
                headers = {
                    name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:-2])
                }
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self.got.append(Got(method, target, headers, body))
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if answer is None:
                    await reader.read()  # until the other side gives up
                if not answer:
                    break
                await self._write(writer, answer)
                if b"content-length" not in answer.lower():
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    async def _write(self, writer: asyncio.StreamWriter, answer: bytes) -> None:
        pieces = [answer] if not self.slow else [answer[at : at + 1] for at in range(len(answer))]
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            if self.slow:
                await asyncio.sleep(self.slow)


def answer(status: int = 200, body: bytes = b'{"value": []}', *, length: int | None = None, **headers: str) -> bytes:
    """The bytes of an HTTP/1.1 reply. `length`: what Content-Length says, when it lies."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def raw_server(
    answers: Sequence[bytes | None], *, tls: ssl.SSLContext | None = None, slow: float = 0.0
) -> AsyncIterator[RawServer]:
    """Runs on a free loopback port."""
    served = RawServer(list(answers), slow=slow, scheme="https" if tls else "http")
    server = await asyncio.start_server(served.connected, "127.0.0.1", 0, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        for task in served.tasks:
            task.cancel()
        await asyncio.gather(*served.tasks, return_exceptions=True)
