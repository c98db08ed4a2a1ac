"""Rules, in words, about what a project brings along for its site: pages, templates, pictures.

What finds them stands where those files are read: `vsmdocs.reading.own_page` and `pictures`,
`vsmdocs.rendering.pages.layers` and `template_checks`, `vsmdocs.site`.
"""

from __future__ import annotations

from vsmdocs.reading.rule_info import RuleInfo

_OVER = '{% extends "builtin/pages/map.html.j2" %}\n'


def _rule(
    id: str, summary: str, reason: str, bad: str = "", good: str = "", *, mild: bool = False
) -> RuleInfo:
    """Return a rule; a `mild` one keeps nothing from being shown, so settings may leave it out."""
    # No comment switches any of them off: a page is shown whole, and a template has none of ours.
    return RuleInfo(
        id=id, group="site", severity="warning" if mild else "error", summary=summary,
        reason=reason, bad=bad, good=good, firm=True,
    )  # fmt: skip


def _map_page(block: str, inside: str) -> str:
    """Return a template over a map's page, as an example."""
    head = f"# theme/pages/map.html.j2\n{_OVER}"
    return f"{head}{{% block {block} %}}\n{inside}\n{{{{ super() }}}}\n{{% endblock %}}\n"


SITE_RULES: tuple[RuleInfo, ...] = (
    _rule(
        "page-keys",
        "The keys of a page are title, order, description and nav, each with its value.",
        "A key that nobody knows would do nothing, and its writer believes that it does. The page "
        "is shown as if the key were not there.",
        "# pages/about.md\n---\ntitle: About us\norder: first\n---\nWe walk twice a year.\n",
        "# pages/about.md\n---\ntitle: About us\norder: 10\n---\nWe walk twice a year.\n",
        mild=True,
    ),
    _rule(
        "page-link",
        "A link on a page leads to a page, a heading or a map that there is.",
        "A reader who follows a link into nothing does not know what was meant, so it is shown as "
        "text. Only a build can tell of addresses of the site, such as ../method/index.html.",
        "# pages/about.md\n# About\n\nSee [today's map](../maps/order/current.md).\n",
        "# pages/about.md\n# About\n\nSee [today's map](../maps/orders/current.md).\n",
        mild=True,
    ),
    _rule(
        "page-picture",
        "A picture on a page lies in the folder of pages and can be shown.",
        "One from elsewhere would tell its owner who reads the site, and a picture that is more "
        "than a drawing could act. Its description is shown in its place.",
        "# pages/about.md\n# About\n\n![The wall](https://example.org/wall.svg)\n",
        "# pages/about.md\n# About\n\n![The wall](wall.svg)\n"
        '# pages/wall.svg\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9"/></svg>\n',
        mild=True,
    ),
    _rule(
        "page-address",
        "No two pages have the same address on the site.",
        "Addresses are in small letters and hyphens, so that they are the same on every system. "
        "Of two files that come to one address only the first is shown.",
        "# pages/at-work.md\n# At work\n# pages/at_work.md\n# Where we work\n",
        "# pages/at-work.md\n# At work\n# pages/where-we-work.md\n# Where we work\n",
    ),
    _rule(
        "page-too-long",
        "A page is at most 256 KB long.",
        "A page of that length is read by nobody, and would take long to load. It is not shown.",
    ),
    _rule(
        "page-many",
        "A project has at most 300 pages of its own.",
        "More of them are most likely another site's, in a folder that was named by mistake. What "
        "comes after the 300th is not shown.",
    ),
    _rule(
        "picture-content",
        "A logo is an SVG, PNG, JPEG or WebP, and an SVG holds shapes and text alone.",
        "Whoever opens a picture's address opens a document, in which a script would run and "
        "could load something from elsewhere.",
        '# brand/logo.svg\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">\n'
        '  <script>draw()</script>\n  <path d="M0 0h90v20"/>\n</svg>\n',
        '# brand/logo.svg\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">\n'
        '  <path d="M0 0h90v20"/>\n</svg>\n',
    ),
    _rule(
        "template-syntax",
        "A template is Jinja, with the filters and tests that there are.",
        "A template that cannot be compiled makes no page. There is no filter `safe`: what people "
        "wrote is text and stays text.",
        _map_page("file", "<p>{{ view.title|safe }}</p>"),
        _map_page("file", "<p>{{ view.title }}</p>"),
    ),
    _rule(
        "template-name",
        "A template replaces blocks of a page that there is, and uses templates that there are.",
        "What replaces a block of a name that nobody knows would never be shown, and its writer "
        "would look for the reason elsewhere.",
        _map_page("files", "<p>Ask the delivery guild.</p>"),
        _map_page("file", "<p>Ask the delivery guild.</p>"),
    ),
    _rule(
        "template-value",
        "A template shows values that its page has.",
        "What is not there would be an empty place that nobody notices. Only a build can tell, "
        "since it depends on what the page is given.",
        _map_page("file", '<p>{{ vieww.tags|join(", ") }}</p>'),
        _map_page("file", '<p>{{ view.tags|join(", ") }}</p>'),
    ),
    _rule(
        "template-sandbox",
        "A template sees the values of its page and nothing else.",
        "Templates come with the repository, and a build of somebody else's branch must be no more "
        "than a build. Only a build can tell, since names can be made while it runs.",
        _map_page("file", "<p>{{ view.title.__class__ }}</p>"),
        _map_page("file", "<p>{{ view.title }}</p>"),
    ),
    _rule(
        "template-limit",
        "What a template does on one page comes to an end, and soon.",
        "A page may take a million turns of loops and calls and make 20 million characters; more "
        "would hold up every build. Only a build can tell, since it depends on the values.",
        _map_page("file", '{% include "parts/guild.html.j2" %}')
        + '# theme/parts/guild.html.j2\n{% include "parts/guild.html.j2" %}\n',
        _map_page("file", '{% include "parts/guild.html.j2" %}')
        + "# theme/parts/guild.html.j2\n<p>Ask the delivery guild.</p>\n",
    ),
)
