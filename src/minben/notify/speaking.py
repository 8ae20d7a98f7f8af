"""Speaking with the mail server (SMTP 對話): one connection for many letters, and nothing unsaid.

A server takes a letter when it has read the line with the single dot. Before that line is sent,
`hand_over` writes down that it will be; whoever dies before has sent nothing, and whoever dies after
has left a note. Basis: RFC 5321, 3.3 and 4.1.1.4.
"""

import re
import smtplib
import socket
from collections.abc import Callable
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address

MOST = 100  # letters of one connection; servers close longer ones themselves
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class InDoubtError(Exception):
    """The letter was handed over and no answer came: nobody here knows whether it was taken."""


class RefusedError(Exception):
    """The server said no: the letter was not taken."""


class AwayError(Exception):
    """No connection: nothing of the batch can be sent now."""


class Speaker(Protocol):
    """Takes letters. `hand_over` is called when the next step may be the last word."""

    def send(self, letter: EmailMessage, hand_over: Callable[[], None]) -> None: ...

    def hang_up(self) -> None: ...


class Backend:
    """Django's mail backend, where nothing can be lost on the way: a sandbox, a test."""

    def send(self, letter: EmailMessage, hand_over: Callable[[], None]) -> None:
        """Hand a letter to the backend, which raises what goes wrong."""
        letter.send()

    def hang_up(self) -> None:
        """Nothing is open."""


class Smtp:
    """The host's mail server."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None
        self._away: AwayError | None = None
        self._said = 0

    def send(self, letter: EmailMessage, hand_over: Callable[[], None]) -> None:
        """Say a letter, up to the server's word on it.

        Raises:
            AwayError: no connection.
            RefusedError: it was not taken.
            InDoubtError: it was handed over and the answer did not come.
        """
        data = _lines_of(letter)
        sender, reader = _address(letter.from_email), _address(letter.to[0])
        server = self._connected()
        try:
            wide = ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
            self._expect(250, server.mail(sender, wide))
            self._expect(250, server.rcpt(reader))
            self._expect(354, server.docmd("DATA"))
            server.send(data)
            hand_over()
        except RefusedError:
            raise
        except BaseException:  # cut off before the dot: the server forgets all of it
            self.hang_up()
            raise
        self._end(server)

    def _end(self, server: smtplib.SMTP) -> None:
        try:
            server.send(b".\r\n")
            said = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            raise InDoubtError(f"{type(error).__name__}: {error}") from error
        if said[0] != 250 and not 400 <= said[0] < 600:
            self.hang_up()
            raise InDoubtError(f"{said[0]} is neither yes nor no")
        self._expect(250, said)

    def _expect(self, code: int, said: tuple[int, bytes]) -> None:
        if said[0] == code or (code == 250 and said[0] == 251):
            return
        try:
            if self._server is not None and said[0] != 421:
                self._server.rset()
            else:
                self.hang_up()
        except (OSError, smtplib.SMTPException):
            self.hang_up()
        raise RefusedError(f"{said[0]} {said[1].decode(errors='replace')}")

    def _connected(self) -> smtplib.SMTP:
        if self._away is not None:
            raise self._away
        if self._said >= MOST:
            self.hang_up()
        if self._server is None:
            try:
                self._server = _connect()
            except (OSError, smtplib.SMTPException) as error:
                self._away = AwayError(f"{type(error).__name__}: {error}")
                raise self._away from error
        self._said += 1
        return self._server

    def hang_up(self) -> None:
        """Let the connection go; a letter without its dot goes with it."""
        if self._server is not None:
            self._server.close()
        self._server, self._said = None, 0


def _connect() -> smtplib.SMTP:
    server = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT)
    try:
        if server.sock is not None:
            # The end of a letter is a write of its own: it must not wait for the last one's receipt.
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if settings.EMAIL_USE_TLS:
            server.starttls()
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER and settings.EMAIL_HOST_PASSWORD:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server


def _lines_of(letter: EmailMessage) -> bytes:
    """The letter as it goes over the wire, without the line that ends it."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", letter.message().as_bytes())
    return re.sub(rb"(?m)^\.", b"..", lines if lines.endswith(b"\r\n") else lines + b"\r\n")


def _address(text: str) -> str:
    """The bare address, its domain in ASCII, as an envelope needs it."""
    sanitized = sanitize_address(text, "utf-8")
    return sanitized.rpartition("<")[2].removesuffix(">")


def speaker() -> Speaker:
    """Whom letters go to: the mail server, or the backend of a sandbox."""
    return Smtp() if settings.EMAIL_BACKEND == SMTP_BACKEND else Backend()
