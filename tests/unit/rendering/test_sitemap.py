"""The list of pages for search engines: whole, split where it is long, and well formed."""

from __future__ import annotations

from xml.etree import ElementTree

from vsmdocs.rendering.sitemap import Listed, robots, sitemaps

BASE = "https://example.org/flow/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(text: str) -> list[str]:
    root = ElementTree.fromstring(text.encode())
    return [element.text or "" for element in root.iter(f"{SPACE}loc")]


def test_a_short_list_is_one_file() -> None:
    pages = [Listed("index.html", "2026-01-02"), Listed("streams/a/index.html"),
             Listed("streams/a/current.html"), Listed("own/ünï & <b>.html")]  # fmt: skip
    ((name, text),) = sitemaps(BASE, pages)
    assert name == "sitemap.xml"
    assert addresses(text) == [
        BASE, f"{BASE}streams/a/", f"{BASE}streams/a/current.html",
        f"{BASE}own/%C3%BCn%C3%AF%20%26%20%3Cb%3E.html",
    ]  # fmt: skip
    assert text.count("<lastmod>2026-01-02</lastmod>") == text.count("<lastmod>") == 1
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<urlset ')


def test_signs_of_xml_in_an_address_are_written_out() -> None:
    ((_, text),) = sitemaps("https://example.org/a&b'c/", [Listed("index.html")])
    assert addresses(text) == ["https://example.org/a&b'c/"]


def test_a_long_list_is_several_and_an_index() -> None:
    pages = [Listed(f"p{number}.html") for number in range(7)]
    files = dict(sitemaps(BASE, pages, most=3))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert addresses(files["sitemap.xml"]) == [f"{BASE}sitemap-{n}.xml" for n in (1, 2, 3)]
    assert "<sitemapindex " in files["sitemap.xml"]
    parts = [addresses(files[f"sitemap-{n}.xml"]) for n in (1, 2, 3)]
    assert [len(part) for part in parts] == [3, 3, 1]
    whole = [address for part in parts for address in part]
    assert whole == [f"{BASE}{page.href}" for page in pages]


def test_a_list_of_long_addresses_is_split_by_its_size() -> None:
    pages = [Listed(f"{'x' * 400}{number}.html") for number in range(4)]
    files = sitemaps(BASE, pages, most_bytes=1_000)
    assert [len(addresses(text)) for _, text in files] == [2, 2, 2]
    assert len(sitemaps(BASE, [])) == 1


def test_fifty_thousand_fit_and_one_more_does_not() -> None:
    pages = [Listed(f"{number}.html") for number in range(50_001)]
    assert [len(sitemaps(BASE, some)) for some in (pages[1:], pages)] == [1, 3]


def test_robots_are_told_where_it_is() -> None:
    assert robots(BASE) == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"
