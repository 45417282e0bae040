"""A parsed document goes in, its date and time expressions with their TIMEX3 values come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import DateMention, Document, Sentence
from dragoman.resolve.date_anchor import Resolver
from dragoman.resolve.date_calendar import Moment, parse_day
from dragoman.resolve.date_events import date_of_event
from dragoman.resolve.date_expression import Found
from dragoman.resolve.date_grammar import find_expressions
from dragoman.resolve.date_joining import join_expressions
from dragoman.resolve.date_screening import find_people, goes_on, keep_expression
from dragoman.resolve.date_tense import tense_at

__all__ = ["date_of_event", "find_dates"]


def find_dates(document: Document, sentences: Sequence[Sentence]) -> tuple[DateMention, ...]:
    """The dates and times that a document tells, in their order, with values where the text settles them.

    "on Monday" and "last week" are reckoned from ``document.published``, "two days later" from
    the last date told; without either the value is None and the expression is kept.
    Durations ("three weeks") and sets ("every day") are left out.

    >>> from dragoman.parse import Parser
    >>> text = "Seoul recalled its envoy on Monday, two weeks after talks broke down. He leaves tomorrow night."
    >>> document = Document(id="d1", text=text, published="2018-04-12")
    >>> [(text[slice(*date.span)], date.value) for date in find_dates(document, Parser().parse(document))]
    [('Monday', '2018-04-09'), ('tomorrow night', '2018-04-13TNI')]
    """
    resolver = Resolver(parse_day(document.published))
    people = find_people(sentences)
    mentions: list[DateMention] = []
    for sentence in sentences:
        found = find_expressions(sentence.words)
        if not found:
            continue
        resolver.narrative.sentence = sentence.index
        for each in join_expressions(sentence.words, found):
            mention = _resolve(sentence, _without_that(sentence, each), resolver, people)
            if mention:
                mentions.append(mention)
    return tuple(mentions)


def _resolve(sentence: Sentence, found: Found, resolver: Resolver, people: frozenset[str]) -> DateMention | None:
    narrative = resolver.narrative
    first, stop, expression = found
    if expression.role == "duration":
        narrative.tell(Moment(None, "duration"))
    if not keep_expression(sentence, found, people):
        return None
    if (expression.role == "known" and narrative.quarter() is None) or (
        expression.role == "part" and narrative.day_nearby() is None
    ):
        return None
    if expression.role == "open" and goes_on(sentence, found):
        moment = Moment(None, "day")
    else:
        moment = resolver.resolve(expression, lambda: tense_at(sentence, first, stop))
    kind = "TIME" if moment.granularity in ("part", "time") else "DATE"
    span = sentence.span_of(first, stop)
    return DateMention(span, sentence.index, first, stop, kind, moment.value, moment.granularity)


def _without_that(sentence: Sentence, found: Found) -> Found:
    """ "that" is no pointer in "said that Monday was quiet"."""
    first, stop, expression = found
    if sentence.words[first].lower() != "that" or sentence.tags[first] == "DT" or not expression.turn:
        return found
    return Found(first + 1, stop, replace(expression, turn=None))
