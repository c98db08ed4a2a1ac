#!/usr/bin/env python3
"""Print a bill of materials of a wheel: CycloneDX 1.5, out of requirements/run.lock.

    python .ci/sbom.py dist/vsmdocs-0.1.0-py3-none-any.whl

It says what releases are tested with. Whoever installs the wheel gets what its requirements
allow on that day; the hashes of what is listed here stand in the lock, which the sdist has.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PACKAGE = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+))?"
)
_WHEEL = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)-.*\.whl")


def packages(lock: str) -> list[dict[str, Any]]:
    """Return name, version, marker and what asks for each package of a lock."""
    found: list[dict[str, Any]] = []
    via = False
    for line in lock.splitlines():
        if match := _PACKAGE.match(line):
            found.append({**match.groupdict(), "via": []})
            via = False
        elif found and (said := line.strip()).startswith("#"):
            word = said.lstrip("# ")
            if word.startswith("via"):
                via, word = True, word.removeprefix("via").strip()
            if via and word:
                found[-1]["via"].append(word.split(" ")[0])
    return found


def bill(wheel: str, digest: str, lock: str, made: datetime) -> dict[str, Any]:
    """Return the bill of materials of a wheel with this SHA-256."""
    match = _WHEEL.fullmatch(wheel)
    if match is None:
        raise SystemExit(f"Error: {wheel} is not the name of a wheel")
    root = f"pkg:pypi/{match['name']}@{match['version']}"
    rows = packages(lock)
    refs = {row["name"].lower(): f"pkg:pypi/{row['name'].lower()}@{row['version']}" for row in rows}
    needs: dict[str, list[str]] = {ref: [] for ref in (root, *refs.values())}
    for row in rows:
        for asker in row["via"]:
            owner = refs.get(asker.lower(), root if asker.lower() == match["name"] else None)
            if owner:
                needs[owner].append(refs[row["name"].lower()])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, root + digest)}",
        "version": 1,
        "metadata": {
            "timestamp": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": match["name"],
                "version": match["version"],
                "purl": root,
                "hashes": [{"alg": "SHA-256", "content": digest}],
            },
        },
        "components": [_component(row, refs[row["name"].lower()]) for row in rows],
        "dependencies": [{"ref": ref, "dependsOn": sorted(set(on))} for ref, on in needs.items()],
    }


def _component(row: dict[str, Any], ref: str) -> dict[str, Any]:
    one = {
        "type": "library",
        "bom-ref": ref,
        "name": row["name"],
        "version": row["version"],
        "purl": ref,
    }
    if row["marker"]:
        # Needed on some systems only.
        marker = {"name": "vsmdocs:marker", "value": row["marker"].strip()}
        return {**one, "scope": "optional", "properties": [marker]}
    return one


def main(arguments: list[str]) -> int:
    """Print the bill of a wheel."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: sbom.py WHEEL\n")
        return 2
    wheel = Path(arguments[0])
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = (ROOT / "requirements" / "run.lock").read_text("utf-8")
    made = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    sys.stdout.write(json.dumps(bill(wheel.name, digest, lock, made), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
