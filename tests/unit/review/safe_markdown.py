"""What a comment may consist of: our own words, tags and links, and code with anyone's text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

STRINGS: list[str] = [
    item["text"]
    for item in json.loads(
        (Path(__file__).parents[2] / "data" / "hostile-strings.json").read_text(encoding="utf-8")
    )
]
TRICKS = [
    "@everyone", "@org/team", "a|b", "a\\|b", "a\\\\|b", "|", "\\", "ends with \\", "`", "``",
    "`x", "x`", "``` x", "```\n# h", "#12", "GH-7", "GH-", "owner/repo#3", "[x](javascript:y)",
    "![x](http://y)", "<img src=x>", "http://x.y", "https://x.y/@z", "www.example.com",
    "a@b.example", "mailto:a@b.example", "$`x`$", "$x$", "$$x$$", "- [ ] x", "[^1]", "[^1]: x",
    "\u202eabc", "a\u200bb", "a\u3164b", "\u2066x\u2069", ":tada:", "&lt;b&gt;", "&#64;all",
    "*b*", "_b_", "~~s~~", "0123456789abcdef0123456789abcdef01234567", "deadbeef", "1234567",
    "| a | b |\n| - | - |", "::error::x", "\n::error::x", "  ::stop-commands::x", "##[error]x",
    "x ##[add-mask]y", "##\\[x]", "##\u200b[error]x", "###[x]", "%0A::error::x", "x\r::error::y",
    "-->", "<!-- vsmdocs-review -->", "</details>", "</sub>", "<br>", "---", "===", "# h", "> q",
    "1. x", "+ x", "- x", "\tx", "    x", "JIRA-123", "jira-1", "x\x00y", "\ud800", "\x1b[31mx",
    "&amp;", "<details>", "\u2028x", "x\u0085y",
]  # fmt: skip
HOSTILE = [*STRINGS, *TRICKS]
TAGS = re.compile(r"<!-- vsmdocs-review -->|<br>|</?sub>|</details>|<details><summary>[a-z0-9, ]+"
                  r"</summary>")  # fmt: skip
BLOCKS = {"paragraph", "heading", "table", "thead", "tbody", "tr", "th", "td", "inline",
          "bullet_list", "list_item", "html_block"}  # fmt: skip
INLINE = {"text", "text_special", "code_inline", "html_inline", "softbreak", "link_open",
          "link_close"}  # fmt: skip
OURS = set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ()%&+−;:,.→’…<>/-·▲▼\u00a0"
)
TELLING = re.compile(
    r"@|#|[A-Za-z]-?[0-9]|(?<![0-9A-Za-z])[0-9A-Fa-f]{7,}|www|://|[A-Za-z]\.[A-Za-z]"
)
"""What GitHub makes something of in text: mentions, references, commits, addresses."""
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@dataclass
class Seen:
    """What a reader sees of a comment."""

    text: str = ""
    code: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def see(markdown: str) -> Seen:
    """Return what a comment shows; fail where it holds anything that is not ours."""
    seen = Seen()
    for token in PARSER.parse(markdown):
        assert token.type.removesuffix("_open").removesuffix("_close") in BLOCKS, token.type
        if token.type == "html_block":
            assert_tags(token.content)
        for child in token.children or ():
            assert child.type in INLINE, (child.type, child.content)
            if child.type == "html_inline":
                assert_tags(child.content)
            elif child.type == "code_inline":
                seen.code.append(child.content)
                seen.text += "\n"
            elif child.type == "link_open":
                seen.links.append(str(child.attrs["href"]))
            else:
                seen.text += child.content
        seen.text += "\n"
    assert set(seen.text) <= OURS | {"\n"}, set(seen.text) - OURS
    assert not TELLING.search(seen.text), TELLING.search(seen.text)
    assert_no_commands(markdown)
    assert_whole_tables(markdown)
    return seen


def assert_tags(html: str) -> None:
    """Fail where HTML is any but our own."""
    assert TAGS.sub("", html).strip() == "", html


def assert_no_commands(output: str) -> None:
    """Fail where a log of GitHub Actions would obey a line."""
    assert "##[" not in output
    for line in re.split(r"[\r\n\u0085\u2028\u2029]", output):
        assert not line.strip().startswith("::"), line


def assert_whole_tables(markdown: str) -> None:
    """Fail where a row of a table has more or fewer cells than its head."""
    for line, following in pairwise(markdown.splitlines()):
        if line.startswith("|") and following.startswith("|"):
            assert _bars(line) == _bars(following)


def _bars(line: str) -> int:
    return line.replace("\\|", "").count("|")


def shown(text: str) -> str:
    """Return a text without what code spans alter in it: blanks and what stands beside bars."""
    return re.sub(r"[\s\\]", "", text)
