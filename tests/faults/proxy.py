"""A wire between site and database that can be cut, silenced and mended."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from tests.faults.places import free_port


class Proxy:
    """Forwards TCP from its own port to another, in a thread of its own.

    Cut, it resets every connection and refuses new ones; silent, it keeps them and passes nothing
    on, so that nobody is told anything.
    """

    def __init__(self, target: int) -> None:
        self.port, self.target = free_port(), target
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._do(self._listen)

    def _do(self, step: Callable[[], Awaitable[Any]]) -> None:  # Any: what is awaited is dropped
        async def run() -> None:
            await step()

        asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)

    def cut(self) -> None:
        """Reset every connection; refuse new ones."""
        self._do(self._cut)

    def silence(self) -> None:
        """Keep every connection and accept new ones, and pass nothing on."""
        self._do(self._silence)

    def mend(self) -> None:
        """As before the fault; what was said in silence arrives now."""
        self._do(self._mend)

    def close(self) -> None:
        """Cut, and end the thread."""
        self._do(self._cut)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def _cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._writers):
            writer.transport.abort()
        self._writers.clear()

    async def _silence(self) -> None:
        self._speaks.clear()

    async def _mend(self) -> None:
        self._speaks.set()
        await self._listen()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        await self._speaks.wait()
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self._writers.add(back)
        ways = [self._pump(reader, back), self._pump(there, writer)]
        await asyncio.gather(*ways)
        self._writers -= {writer, back}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                await self._speaks.wait()
                writer.write(data)
                await writer.drain()
        with suppress(OSError, RuntimeError):
            writer.close()
