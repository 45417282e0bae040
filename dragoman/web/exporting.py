"""A format goes in, a file to keep comes out."""

from __future__ import annotations

from fastapi import FastAPI

from dragoman.web.answers import Desk


def add_exports(app: FastAPI, desk: Desk) -> None:
    """Routes."""
