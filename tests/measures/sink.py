"""A mail server of its own process that keeps nothing and logs, as Postfix does, what it took.

    python -m tests.measures.sink --log FILE [--refuse PERCENT] [--orders FOLDER]

It prints its port. A file in the folder of orders is carried out once, for one letter, and taken away:
`late`: the letter is taken and logged, but the answer comes two seconds later; `deaf`: the end of the
letter never arrived, for the server, and so it takes nothing and answers nothing.
"""

import argparse
import asyncio
import random
import re
import sys
from itertools import count
from pathlib import Path

from minben.kernel import clock

NAME = re.compile(rb"^message-id:\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)
SECONDS = 2.0
GREETING = b"220 sink ESMTP\r\n"
PLAIN = {"NOOP": b"250 ok\r\n", "RSET": b"250 ok\r\n", "MAIL": b"250 ok\r\n", "RCPT": b"250 ok\r\n"}


class Sink:
    """Takes letters; `log` gets the lines Postfix would write."""

    def __init__(self, log: Path, orders: Path | None, refuse: float) -> None:
        self.log = log.open("a", encoding="ascii", buffering=1)
        self.orders, self.refuse = orders, refuse
        self.queue, self.chance = count(1), random.Random(7)

    def say(self, who: str, what: str) -> None:
        self.log.write(f"{clock.now().isoformat()} sink postfix/{who}[1]: {what}\n")

    def ordered(self, order: str) -> bool:
        """Whether somebody asked for this; asked once, done once."""
        if self.orders is None or not (self.orders / order).exists():
            return False
        (self.orders / order).rename(self.orders / f"{order}.begun")
        return True

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.say("smtpd", "connect from localhost[127.0.0.1]")
        try:
            await self.converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(GREETING)
        while line := await reader.readline():
            verb = line[:4].decode("ascii", "replace").upper()
            if verb == "QUIT":
                writer.write(b"221 bye\r\n")
                return
            if verb == "EHLO":
                writer.write(b"250-sink\r\n250 8BITMIME\r\n")
            elif verb == "DATA":
                writer.write(b"354 go on\r\n")
                writer.write(await self.take(reader))
            else:
                writer.write(PLAIN.get(verb, b"502 no\r\n"))
            await writer.drain()

    async def take(self, reader: asyncio.StreamReader) -> bytes:
        data = await reader.readuntil(b"\r\n.\r\n")
        found = NAME.search(data)
        name = found[1].decode("ascii") if found else "none"
        queue = f"Q{next(self.queue):08X}"
        self.say("cleanup", f"{queue}: message-id=<{name}>")
        if self.ordered("deaf"):
            await asyncio.sleep(SECONDS)
            raise ConnectionResetError
        if self.chance.random() * 100 < self.refuse:
            return b"451 try again later\r\n"
        self.say("qmgr", f"{queue}: from=<x@example.org>, size={len(data)}, nrcpt=1 (queue active)")
        if self.ordered("late"):
            await asyncio.sleep(SECONDS)
        return b"250 taken\r\n"


async def run(sink: Sink) -> None:
    server = await asyncio.start_server(sink.serve, "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--orders", type=Path)
    parser.add_argument("--refuse", type=float, default=0.0)
    asked = parser.parse_args(sys.argv[1:])
    asyncio.run(run(Sink(asked.log, asked.orders, asked.refuse)))


if __name__ == "__main__":
    main()
