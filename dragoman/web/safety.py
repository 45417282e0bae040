"""Requests go in, those that another site or a stranger could have sent are refused; every answer gets its policies."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

POLICIES = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_COOKIE = "dragoman_token"
_Next = Callable[[Request], Awaitable[Response]]


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("desk.example")
    (True, True, False, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def protect(app: FastAPI, *, host: str, token: str | None) -> None:
    """Refuse foreign host names (DNS rebinding), writes from elsewhere and, with a ``token``, all who don't have it."""

    @app.middleware("http")
    async def guard(request: Request, call_next: _Next) -> Response:
        refused = _refusal(request, token)
        response = refused if refused is not None else await call_next(request)
        response.headers.update(POLICIES)
        return response

    # With a token any name of the machine will do: who has the token is let in.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"] if token else [*_LOOPBACK, host])


def _refusal(request: Request, token: str | None) -> Response | None:
    if token is not None:
        given = request.query_params.get("token")
        if given is not None and _is_same(given, token):
            answer = RedirectResponse(request.url.path, status_code=303)
            answer.set_cookie(_COOKIE, token, httponly=True, samesite="strict")
            return answer
        if not _is_same(request.cookies.get(_COOKIE, ""), token):
            return JSONResponse({"detail": "open the address that `dragoman serve` printed, with its token"}, 401)
    if request.method not in ("GET", "HEAD") and not _is_own_write(request):
        return JSONResponse({"detail": "a write has to come from this page, as JSON"}, 403)
    return None


def _is_same(given: str, token: str) -> bool:
    """Compared as bytes, since a stranger may give letters that a token never has, and in the same time for any."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode("utf-8"))


def _is_own_write(request: Request) -> bool:
    """A page of another site can send a form or a no-cors request here, but neither JSON nor this origin."""
    origin = request.headers.get("origin")
    return (
        request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        and (origin is None or origin.split("://")[-1] == request.headers.get("host"))
        and request.headers.get("content-type", "").partition(";")[0].strip() == "application/json"
    )
