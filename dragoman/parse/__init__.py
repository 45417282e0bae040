"""Text in, sentences out."""

from dragoman.parse.models import DEFAULT_MODEL
from dragoman.parse.parser import Parser

__all__ = ["DEFAULT_MODEL", "Parser"]
