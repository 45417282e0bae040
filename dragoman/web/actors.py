"""A party goes in, what the case tells of it comes out."""

from __future__ import annotations

from fastapi import FastAPI

from dragoman.web.answers import Desk


def add_actors(app: FastAPI, desk: Desk) -> None:
    """Routes."""
