"""Files in, documents out."""

from dragoman.read.inputs import read_inputs

__all__ = ["read_inputs"]
