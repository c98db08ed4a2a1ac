"""Templates of a project: blocks that are replaced, errors at their lines, and no way out."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from vsmdocs.errors import ConfigError, Finding
from vsmdocs.rendering.pages.pages import PageContext, Pages
from vsmdocs.rendering.pages.theme import Theme

METHOD = "theme:pages/method.html.j2"
EXTENDS = '{% extends "builtin/pages/method.html.j2" %}\n'


def page(block: str, name: str = "title", **more: str) -> str:
    """Return the page of terms with one block replaced."""
    own = {METHOD: f"{EXTENDS}{{% block {name} %}}{block}{{% endblock %}}", **more}
    return Pages(Theme(own), "T<b>", "maps").method()


def shown(block: str) -> str:
    return page(block).split("<title>")[1].split("</title>")[0]


def refused(*args: str, **more: str) -> Finding:
    with pytest.raises(ConfigError) as caught:
        page(*args, **more)
    (finding,) = caught.value.findings
    return finding


# --- what can be done ---------------------------------------------------------


def test_a_block_is_replaced_and_the_rest_stays() -> None:
    before, after = Pages(Theme(), "T<b>", "maps").method(), page("{{ super() }}, ours")
    assert after == before.replace(
        "<title>Method · T&lt;b&gt;</title>", "<title>Method · T&lt;b&gt;, ours</title>"
    ).replace('content="Method · T&lt;b&gt;"', 'content="Method · T&lt;b&gt;, ours"')


def test_a_block_of_the_base_holds_for_every_page() -> None:
    base = '{% extends "builtin/pages/base.html.j2" %}{% block footer %}FOOT{% endblock %}'
    theme = Theme({"theme:pages/base.html.j2": base})
    assert "FOOT</div></footer>" in Pages(theme, "T", "maps").method()
    both = Theme({
        "theme:pages/base.html.j2": base,
        METHOD: EXTENDS + "{% block footer %}{{ super() }}, METHOD{% endblock %}",
    })  # fmt: skip
    assert "FOOT, METHOD</div></footer>" in Pages(both, "T", "maps").method()


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("{{ site.title }}", "T&lt;b&gt;"),
        ("{{ '<i>' ~ site.title }}", "&lt;i&gt;T&lt;b&gt;"),
        ("{% for x in [1, 2] %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}", "1a2b"),
        ("{{ terms|map(attribute='name')|join(' & ')|truncate(14, true, '') }}", "Lead time (LT)"),
        ("{% macro m(x) %}<u>{{ x }}</u>{% endmacro %}{{ m('<') }}", "<u>&lt;</u>"),
        ("{{ site.nav|length + 1 }}", None),
        ("{{ site.title.upper() }}", "T&lt;B&gt;"),
        ("{% set ns = namespace(n=0) %}{% for x in range(3) %}{% set ns.n = ns.n + x %}{% endfor %}"
         "{{ ns.n * 2 }}", "6"),
        ("{% include 'parts/own.html.j2' %}", "part of T&lt;b&gt;"),
        ("{% from 'builtin/parts/bits.html.j2' import term %}{{ term(page, 'a', 'b') }}",
         '<a class="term" href="../method/index.html#a">b</a>'),
    ],
)  # fmt: skip
def test_what_templates_can_do(block: str, text: str | None) -> None:
    got = page(block, **{"theme:parts/own.html.j2": "part of {{ site.title }}"})
    title = got.split("<title>")[1].split("</title>")[0]
    assert title == text if text is not None else title.isdigit()


# --- what is wrong is said at its line ----------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "rule", "words"),
    [
        (EXTENDS + "{% block titel %}{% endblock %}", 2, "template-name", "mean title?"),
        (EXTENDS + "\n{% block x %}{% endblock %}", 3, "template-name", "there is title, desc"),
        (EXTENDS + "Hello", 2, "template-name", "stands in no block"),
        ("<html>", 1, "template-name", 'begin with {% extends "builtin/pages/method.html.j2" %}'),
        ('{% extends "builtin/pages/map.html.j2" %}', 1, "template-name", "cannot extend"),
        ("{% extends x %}", 1, "template-name", "begin with"),
        (EXTENDS + "{% block title %}{{ site.titel }}{% endblock %}", 2, "template-value",
         "mean title?"),
        (EXTENDS + "{% block title %}\n{{ vew }}{% endblock %}", 3, "template-value",
         "there is site, page, terms"),
        (EXTENDS + "{% block title %}{{ terms[0].nam }}{% endblock %}", 2, "template-value",
         "mean name?"),
        (EXTENDS + "{% block title %}{{ x|uper }}{% endblock %}", 2, "template-syntax",
         "mean upper?"),
        (EXTENDS + "{% block title %}{{ site.title|safe }}{% endblock %}", 2, "template-syntax",
         "stays text"),
        (EXTENDS + "{% block title %}{% if %}{% endblock %}", 2, "template-syntax", "expected"),
        (EXTENDS + "{% block title %}", 2, "template-syntax", ""),
        (EXTENDS + "{% block title %}{{ site.nav }}{% endblock %}", 2, "template-value", "a list"),
        (EXTENDS + "{% block title %}{{ site.nav and none }}{% endblock %}", 2,
         "template-value", "nothing"),
        (EXTENDS + "{% block title %}{{ 1 / 0 }}{% endblock %}", 2, "template-value", "division"),
        (EXTENDS + "{% block title %}{% include 'x.j2' %}{% endblock %}", 2, "template-name",
         "no template x.j2"),
        (EXTENDS + "{% block title %}{% include 'parts/bits.html.j2' %}{% endblock %}", 2,
         "template-name", "builtin/ stands before"),
        (EXTENDS + "{% block title %}{% include site.title %}{% endblock %}", 2, "template-name",
         "in quotes"),
        (EXTENDS + "{% block title %}{% include '../../../etc/passwd' %}{% endblock %}", 2,
         "template-name", "no template"),
    ],
)  # fmt: skip
def test_errors(source: str, line: int, rule: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Pages(Theme({METHOD: source}), "T", "maps").method()
    (finding,) = caught.value.findings
    assert (finding.path, finding.line, finding.rule) == ("theme/pages/method.html.j2", line, rule)
    assert words in f"{finding.message} {finding.hint}"
    assert finding.source_line == source.split("\n")[line - 1]


def test_a_page_that_is_none_is_told_with_those_that_are() -> None:
    for name, words in (
        ("pages/mapp.html.j2", "did you mean pages/map.html.j2?"),
        ("pages/feed.xml.j2", "there is"),
        ("pages/diff.html.j2", "there is"),
    ):
        with pytest.raises(ConfigError) as caught:
            Theme({f"theme:{name}": "x"})
        (finding,) = caught.value.findings
        assert words in finding.hint


def test_all_errors_of_all_files_are_told_at_once() -> None:
    bad = "{% block titel %}{% endblock %}{% block x %}{% endblock %}"
    with pytest.raises(ConfigError) as caught:
        Theme({METHOD: EXTENDS + bad, "theme:parts/a.j2": "{% if %}"})
    assert len(caught.value.findings) == 3


# --- no way out ---------------------------------------------------------------

ESCAPES = [
    "''.__class__.__mro__[1].__subclasses__()",
    "''['__class__']",
    "().__class__.__base__",
    "{}.__class__.__init__.__globals__",
    "site.__class__",
    "site.__init__.__globals__",
    "site._replace(title='x').title",
    "site._asdict()",
    "site.count('x')",
    "site['__class__']",
    "site['_make']([])",
    "self.__init__.__globals__.__builtins__.open('/etc/passwd').read()",
    "self._TemplateReference__context",
    "super.__init__",
    "super._context",
    "cycler.__init__.__globals__.os.popen('id').read()",
    "joiner.__init__.__globals__",
    "namespace.__init__.__globals__",
    "namespace(a=1).__class__",
    "lipsum.__globals__['os']",
    "range.__class__",
    "dict.mro()",
    "dict.fromkeys([1])",
    "config.items()",
    "request.application.__globals__",
    "get_flashed_messages.__globals__",
    "environment",
    "'{0.__class__}'.format(site)",
    "'{x.__class__}'.format_map({'x': site})",
    "'%s' % site",
    "'%999999999d' % 1",
    "('%s' ~ '')|format(site)",
    "site|attr('__class__')",
    "[site]|map(attribute='__class__')|first",
    "[site]|map('attr', '__class__')|first",
    "[site]|selectattr('__class__')|list|length",
    "[site]|groupby('__class__')|first",
    "[site]|sort(attribute='__class__')|first",
    "[site]|sum(attribute='__class__')",
    "[site]|join(attribute='__class__')",
    "loop.__class__",
    "caller.__class__",
    "site.title.format",
    "site.title.join([1])",
    "site.title.encode()",
    "site.title.translate({})",
    "site.first_script.format(x=1)",
    "site.first_script.unescape()",
    "site.first_script.__html__()",
    "page.render()",
    "(site.title|string).__class__",
    "site.title.__add__('x')",
    "terms.append(1)",
    "[].append(1)",
    "{}.update({})",
    "{}.pop('a')",
    "import('os')",
    "__import__('os')",
    "eval('1')",
    "x.__class__",
]


@pytest.mark.parametrize("expression", ESCAPES)
def test_no_expression_leads_out(expression: str) -> None:
    finding = refused(f"{{{{ {expression} }}}}")
    assert (finding.path, finding.line) == ("theme/pages/method.html.j2", 2)
    assert finding.rule.startswith("template-")
    assert " at 0x" not in finding.message


@pytest.mark.parametrize(
    "block",
    [
        "{% import 'os' as os %}",
        "{% from 'builtin/../vsmdocs/errors.py' import x %}",
        "{% include 'builtin/../../etc/passwd' %}",
        "{% include 'builtin//etc/passwd' %}",
        "{% filter striptags %}{{ site.title }}{% endfilter %}",
        "{% set x | striptags %}{{ site.title }}{% endset %}{{ x }}",
        "{% call site.title.strip() %}{% endcall %}",
        "{% autoescape false %}{{ site.title }}{% endautoescape %}",
        "{% set site.title = 'x' %}",
        "{% do terms.append(1) %}",
        "{% import 'builtin/parts/bits.html.j2' as b %}{{ b.__body_stream }}",
        "{% import 'builtin/parts/bits.html.j2' as b %}{{ b.term._func }}",
        "{% import 'builtin/parts/bits.html.j2' as b %}{{ b.term.__globals__ }}",
    ],
)
def test_no_statement_leads_out(block: str) -> None:
    assert refused(block).line == 2


@pytest.mark.parametrize(
    "block",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(9999999999) %}{% endfor %}",
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
        "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
        "{% include 'parts/self.j2' %}",
        "{% set n = namespace(a='xxxxxxxx') %}{% for i in range(60) %}{% set n.a = n.a ~ n.a %}"
        "{% endfor %}",
        "{% set n = namespace(a='xxxxxxxx') %}{% for i in range(60) %}{% set n.a = n.a + n.a %}"
        "{% endfor %}",
        "{% set n = namespace(a=[1]) %}{% for i in range(60) %}{% set n.a = n.a + n.a %}"
        "{% endfor %}",
        "{% set n = namespace(a='x') %}{% for i in range(60) %}{% set x %}{{ n.a }}{{ n.a }}"
        "{% endset %}{% set n.a = x %}{% endfor %}",
        "{% set n = namespace(a=9) %}{% for i in range(60) %}{% set n.a = n.a * n.a %}{% endfor %}",
        "{% set n = namespace(a='ab') %}{% for i in range(60) %}"
        "{% set n.a = n.a|replace('b', n.a) %}{% endfor %}",
        "{{ 'x' * 999999999 }}",
        "{{ [1] * 999999999 }}",
        "{{ 9 ** 99999 ** 9 }}",
        "{{ 1.5|round(999999999, 'ceil') }}",
        "{{ (['x' ~ 'y'] * 2)|join }}",
        "{{ [range(99999)|join, '']|join(range(99999)|join) }}",
        "{% for a in range(99999) %}" + "x" * 999 + "{% endfor %}",
    ],
)
def test_no_template_goes_on_for_ever(block: str) -> None:
    finding = refused(block, **{"theme:parts/self.j2": "{% include 'parts/self.j2' %}" * 2})
    assert finding.rule in ("template-limit", "template-value")


class Term(NamedTuple):
    name: str
    id: str = "x"
    definition: str = ""
    formula: str = ""
    key: str = ""
    source: str = ""


def test_what_people_wrote_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    # A view of ours, as far as the sandbox knows.
    monkeypatch.setattr(Term, "__module__", "vsmdocs.rendering.pages.views")
    said = (
        "{{ t.name }}|{{ t.name|trim }}|{{ t.name|replace('a', '<') }}|{{ t.name|upper|striptags }}"
        "|{{ [t.name]|join }}|{{ t.name|title|capitalize|reverse|list|join }}|{{ t.name[:90] }}"
        "{% set x %}{{ t.name }}{% endset %}{{ x|striptags }}{{ x|string }}{{ x ~ t.name }}"
    )
    block = f"{{% block title %}}{{% for t in terms %}}{said}{{% endfor %}}{{% endblock %}}"
    pages = Pages(Theme({METHOD: EXTENDS + block}), "T", "maps")
    for text in ("<script>alert(1)</script>", "&lt;script&gt;", "\"onload='x'", "</title><img>"):
        got = pages.render("method", PageContext("", "", "x"), terms=[Term(text)])
        title = got.split("<title>")[1].split("</title>")[0]
        assert title
        assert not set(title) & set("<>\"'")
