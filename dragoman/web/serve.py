"""A case file and an address go in, the desk is served there until it is stopped."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from dragoman.errors import DragomanError
from dragoman.store.database import open_case
from dragoman.web.app import create_app
from dragoman.web.safety import is_loopback

PORT = 8150


def serve(case: Path, *, host: str = "127.0.0.1", port: int | None = None, say: Callable[[str], None] = print) -> None:
    """Serve the desk on a case file until it is interrupted; ``say`` is told its address.

    Beyond loopback the address holds a token.  Without a ``port`` it is 8150, or where that is taken any free one.
    Raises CaseError where there is no such case file, DragomanError where the address can't be used.
    """
    with open_case(case, read_only=True):
        pass  # is there, and of this layout
    token = None if is_loopback(host) else secrets.token_urlsafe(24)
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    query = f"?token={token}" if token else ""
    say(f"http://{shown}:{listening.getsockname()[1]}/{query}")
    config = uvicorn.Config(create_app(case, host=host, token=token), log_level="warning", server_header=False)
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to end
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket on the address; port 0 takes any free one, None the usual one if it is free."""
    if port is None:
        try:
            return _listen(host, PORT)
        except DragomanError:
            return _listen(host, 0)
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as problem:
        raise DragomanError(f"{host}, port {port}: can't be used ({problem}). Try another one: --port 0") from problem
