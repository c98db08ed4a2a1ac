"""Rules about which files can be maps: what lies in the folder of maps, before it is read."""

from __future__ import annotations

from vsmdocs.reading.rule_info import RuleInfo


def _rule(id: str, summary: str, reason: str) -> RuleInfo:
    return RuleInfo(
        id=id, group="structure", severity="error", summary=summary, reason=reason, firm=True
    )


FILE_RULES: dict[str, RuleInfo] = {
    rule.id: rule
    for rule in (
        _rule(
            "file-unreadable",
            "Every map can be opened and read.",
            "A map that is passed over in silence would be missing from the site, and nobody "
            "would know.",
        ),
        _rule(
            "file-too-large",
            "A map is at most 2 MB long.",
            "A file of that size is no map that a person wrote, and would take all memory.",
        ),
        _rule(
            "file-name",
            "The names of maps and their folders are UTF-8 without control characters.",
            "Names become addresses on the site and lines in a terminal, on every system.",
        ),
        _rule(
            "not-a-file",
            "What ends in .md is a file.",
            "A folder, pipe or device of that name cannot be read as a map.",
        ),
        _rule(
            "link-outside",
            "A link in the maps folder leads to a file in it.",
            "Whoever clones the repository has to have all its maps, and a site must not show "
            "files from elsewhere on the machine that builds it.",
        ),
        _rule(
            "linked-folder",
            "Folders of maps are no links.",
            "A linked folder can contain itself or lead anywhere; links to single files are "
            "followed.",
        ),
    )
}
