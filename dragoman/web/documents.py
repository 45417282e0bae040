"""The documents of a case go out as a list."""

from __future__ import annotations

from fastapi import FastAPI

from dragoman.web.answers import Desk


def add_documents(app: FastAPI, desk: Desk) -> None:
    """Routes."""
