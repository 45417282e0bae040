"""Text in, sentences out."""

from dragoman.parse.spacy_parser import DEFAULT_MODEL, Parser

__all__ = ["DEFAULT_MODEL", "Parser"]
