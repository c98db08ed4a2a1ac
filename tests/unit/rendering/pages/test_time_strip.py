"""The strip of time: what its script tells, and the way to versions on a map's page."""

from __future__ import annotations

import json
from typing import Any

from vsmdocs.rendering.pages.past_view import VersionEntry
from vsmdocs.rendering.pages.time_strip import map_in_time, stops_file, stops_script


def entry(number: int, *, milestones: tuple[str, ...] = (), headline: str = "less") -> VersionEntry:
    """Return the version of this number, each a day after the one before."""
    commit = f"{number:012x}"
    return VersionEntry(
        stream="delivery", title="Delivery", name="future-q2", state="Future q2",
        anchor=f"future-q2-{commit}", time=f"2025-01-{number % 28 + 1:02}T10:00:00+00:00",
        date=f"2025-01-{number % 28 + 1:02}", author="", subject="", request="", request_href="",
        commit=commit, place=number, commit_href="", milestones=milestones, headline=headline,
        changes=(), quiet_label="", error="",
        href=f"streams/delivery/versions/future-q2/{commit}.html",
    )  # fmt: skip


def told(script: str) -> dict[str, Any]:
    """Return the data in a script of stops, which must be nothing but that in a call."""
    before = (
        'document.dispatchEvent(new CustomEvent("vsmdocs:stops",'
        "{detail:{from:document.currentScript.src,..."
    )
    after = "}}));\n"
    assert script.startswith(before)
    assert script.endswith(after)
    found: dict[str, Any] = json.loads(script[len(before) : -len(after)])
    return found


def test_the_script_has_each_stop_and_the_map_as_it_is_now() -> None:
    stops = [entry(1), entry(2, milestones=("v1", "v2"), headline="more")]
    assert told(stops_script(stops, "streams/delivery/future-q2.html")) == {
        "below": "versions/future-q2/",
        "present": "future-q2.html",
        "stops": [
            ["000000000001", "2025-01-02T10:00:00+00:00", "2025-01-02", [], "less"],
            ["000000000002", "2025-01-03T10:00:00+00:00", "2025-01-03", ["v1", "v2"], "more"],
        ],
    }
    assert told(stops_script(stops, ""))["present"] == "", "a map that is gone has no page"


def test_what_strangers_wrote_stays_text() -> None:
    hostile = '</script>"}});alert(1)//\u2028\u202e😀 ñ'
    script = stops_script([entry(1, milestones=(hostile,), headline=hostile)], "")
    assert script.isascii()
    assert told(script)["stops"][0][3:] == [[hostile], hostile]


def test_of_very_many_versions_the_old_ones_have_the_day_alone() -> None:
    stops = [
        entry(number, milestones=("first",) if number == 3 else (), headline="word " * 100)
        for number in range(1_000)
    ]
    words = [stop[4] for stop in told(stops_script(stops, ""))["stops"]]
    assert [place for place, text in enumerate(words) if text] == [3, *range(800, 1_000)]
    assert {len(text) for text in words} == {0, 120}
    assert words[-1].endswith("word…")
    assert len(stops_script(stops, "")) < 100_000


def test_a_map_leads_to_its_newest_version_its_milestones_and_all_of_them() -> None:
    stops = [entry(n, milestones=(f"m{n}a", f"m{n}b") if n % 2 else ()) for n in range(20)]
    time = map_in_time(stops, 1_234)
    assert time.newest == ("2025-01-20", stops[-1].href)
    assert time.all == ("1,234 versions", f"streams/delivery/changelog.html#{stops[-1].anchor}")
    assert [mark.name for mark in time.milestones[-3:]] == ["m17b", "m19a", "m19b"]
    assert len(time.milestones) == 12
    assert {mark.href for mark in time.milestones} <= {stop.href for stop in stops}
    assert time.stops == stops_file("delivery", "future-q2")
    assert map_in_time(stops[:1], 1).all.name == "1 version"
