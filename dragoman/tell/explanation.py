"""One claim goes in, the reasons for its coding come out in words."""

from __future__ import annotations

from typing import Any

from dragoman.coding.codebook import Pattern
from dragoman.coding.rule import AND_JUDGE, ANNOUNCES, pattern_of
from dragoman.records import ADDED


def explanation(claim: dict[str, Any], pattern: Pattern | None, added: dict[str, Any] | None = None) -> str:
    """Sentence, pattern, actors, certainty, chain, date and place of a claim, a line or two each.

    ``added`` is the decision by which a person added it (``reviewer``, ``reviewed_at``, ``reason``).
    """
    lines = [
        f"{claim['id']}  {claim['type']}{'/' + claim['mode'] if claim['mode'] else ''}"
        f"  quad {claim['quad']}, intensity {claim['intensity']:+.1f}, CAMEO {claim['cameo']}",
        "",
        f"  “{_marked(claim)}”" if claim["sentence_text"] else "  An event that others coded: there are no words.",
        f"  {claim['publisher'] or 'unknown publisher'}, {claim['published'] or 'undated'}"
        f", document {claim['document']}, sentence {claim['sentence'] + 1}",
        "",
    ]
    if claim["rule"] == ADDED:
        lines.append(_added_line(claim, added))
    elif claim["sentence_text"]:
        lines += _rule_lines(claim)
        lines += _pattern_lines(pattern)
    else:
        lines.append(f"What      {claim['rule']}: what is told of it stands as it stood there.")
    lines += [_actor_line("Who", claim, "actor"), _actor_line("To whom", claim, "recipient")]
    lines.append(f"How sure  {claim['status']}, commitment {claim['commitment']:+.1f} of ±3: {claim['status_rule']}.")
    lines += _chain_lines(claim)
    lines.append(_date_line(claim))
    lines.append(_place_line(claim))
    if claim["about"]:
        lines.append(f"About     claim {claim['about']}.")
    return "\n".join(lines)


def _marked(claim: dict[str, Any]) -> str:
    text, offset = claim["sentence_text"], claim["sentence_start"]
    start, end = claim["trigger_start"] - offset, claim["trigger_end"] - offset
    return f"{text[:start]}[{text[start:end]}]{text[end:]}".replace("\n", " ")


def _added_line(claim: dict[str, Any], added: dict[str, Any] | None) -> str:
    told = f"What      “{claim['trigger_text']}” is {claim['type']}: {ADDED}."
    if added is None:
        return told
    reason = f" Reason: {added['reason']}" if added["reason"] else ""
    return f"{told.removesuffix(f'{ADDED}.')}added by {added['reviewer']} on {added['reviewed_at']:%Y-%m-%d}.{reason}"


def _rule_lines(claim: dict[str, Any]) -> list[str]:
    rule, decided = claim["rule"], pattern_of(claim["rule"])
    lines = [f"What      pattern {decided} of {claim['codebook']} fits “{claim['trigger_text']}”."]
    if AND_JUDGE in rule:
        lines.append("          Patterns of other types fit as well; the judge chose this one.")
    if rule.startswith(ANNOUNCES):
        lines.append(f"          Told in the future tense, that act is {claim['type']} today.")
    if claim["score"] is not None:
        lines.append(f"          Likely to be of this type, says the judge: {claim['score']:.2f} of 1.")
    return lines


def _pattern_lines(pattern: Pattern | None) -> list[str]:
    if pattern is None:
        return ["          That pattern is not in the installed codebook."]
    words = ", ".join((*pattern.verbs, *pattern.nouns, *pattern.adjectives))
    lines = [f"          It stands for: {words}."]
    lines += [f"          It needs in {slot}: {', '.join(sorted(values))}." for slot, values in pattern.required]
    lines += [
        f"          It must not have in {slot}: {', '.join(sorted(values))}." for slot, values in pattern.excluded
    ]
    lines.append(f"          Example: {pattern.example}")
    lines.append(f"          But not: {pattern.counterexample}")
    return lines


def _actor_line(label: str, claim: dict[str, Any], role: str) -> str:
    if claim[f"{role}_name"] is None:
        return f"{label:<10}the text does not tell."
    name, code = claim[f"{role}_name"], claim[f"{role}_code"] or "no code"
    if claim[f"{role}_text"] is None:
        return f"{label:<10}{name} ({code}): {claim[f'{role}_found'] or 'as a person corrected it'}."
    return f"{label:<10}“{claim[f'{role}_text']}” is {name} ({code}): {claim[f'{role}_found']}."


def _chain_lines(claim: dict[str, Any]) -> list[str]:
    publisher = claim["publisher"] or "the report"
    if not claim["sources"]:
        return [f"Says who  {publisher} itself."]
    lines = [f"Says who  {publisher}"]
    for depth, link in enumerate(claim["sources"], start=1):
        words = f", “{link['text']}”" if link["text"] and link["text"] != link["name"] else ""
        cue = f" by “{link['cue']}”" if link["cue"] else ""
        lines.append(f"          {'  ' * depth}> {link['name']} ({link['kind']}{words}){cue}")
    lines.append(f"          quoted: {claim['quoted']}")
    return lines


def _date_line(claim: dict[str, Any]) -> str:
    if claim["date_text"] is None:
        return f"When      {claim['date_value'] or 'the text does not tell'}."
    if claim["date_value"] is None:
        return f"When      “{claim['date_text']}”, which can't be settled without the date of the report."
    return f"When      “{claim['date_text']}” is {claim['date_value']} ({claim['date_granularity']})."


def _place_line(claim: dict[str, Any]) -> str:
    if claim["place_text"] is None:
        return f"Where     {claim['place_name'] or 'the text does not tell'}."
    if claim["place_latitude"] is None:
        return f"Where     “{claim['place_text']}”, of which no position is known."
    return (
        f"Where     “{claim['place_text']}” is {claim['place_name']}, {claim['place_country'] or 'no country'}"
        f" ({claim['place_latitude']:.2f}, {claim['place_longitude']:.2f}; {claim['place_precision']})."
    )
