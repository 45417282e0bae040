"""What robots.txt files say to us: groups, wildcards, the longest rule, and files that are none."""

from __future__ import annotations

import pytest

from dragoman.fetch.robots import read_rules


def allows(text: str, path: str) -> bool:
    return read_rules(text, "dragoman").allow(path)


@pytest.mark.parametrize(
    ("patterns", "path", "allowed"),
    [
        (["Disallow: /a"], "/a/b", False),
        (["Disallow: /a"], "/b/a", True),
        (["Disallow: /a", "Allow: /a/open"], "/a/open/7", True),
        (["Allow: /a/open", "Disallow: /a"], "/a/7", False),
        (["Disallow: /a", "Allow: /a"], "/a", True),
        (["Disallow:"], "/a", True),
        (["Disallow: /"], "/", False),
        (["Disallow: /*/print"], "/news/7/print?x=1", False),
        (["Disallow: /*/print"], "/print", True),
        (["Disallow: /*.pdf$"], "/a.pdf", False),
        (["Disallow: /*.pdf$"], "/a.pdf?x=1", True),
        (["Disallow: /a$"], "/a", False),
        (["Disallow: /a$"], "/ab", True),
        (["Disallow: /*a*a$"], "/xa", True),
        (["Disallow: /a*"], "/abc", False),
        (["Disallow: /ñ"], "/%C3%B1andu", False),
        (["Disallow: /a b"], "/a%20b", False),
        (["disallow :/a # all of it"], "/a", False),
        (["Disallow: //[x"], "/a", True),
        (["Disallow: /" + "*a" * 5_000 + "b"], "/" + "a" * 1_900, True),
    ],
)
def test_patterns(patterns: list[str], path: str, allowed: bool) -> None:
    assert allows("\n".join(["User-agent: *", *patterns]), path) is allowed


def test_our_own_group_stands_before_that_for_all() -> None:
    text = (
        "\ufeffUser-Agent: *\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: other\nUser-agent: Dragoman/1.0\n"
        "Disallow: /no\nCrawl-delay: 2.5\n\nUser-agent: dragoman\nDisallow: /neither\n"
    )
    assert [allows(text, path) for path in ("/yes", "/no", "/neither")] == [True, False, False]
    assert read_rules(text, "dragoman").delay == 2.5
    assert read_rules(text, "another").delay == 9.0
    assert allows("User-agent: *\nDisallow: /\nUser-agent: dragoman\n", "/a"), "a group without rules allows all"
    assert allows("User-agent: dragomanic\nDisallow: /\n", "/a"), "another program's name"


@pytest.mark.parametrize("text", ["", "<html><body>Not here</body></html>", "Disallow: /", "\0\0", ":" * 1000])
def test_what_is_no_robots_txt_forbids_nothing(text: str) -> None:
    assert allows(text, "/a")
