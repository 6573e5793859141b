"""The list of components (SBOM) of a release, as CycloneDX 1.6 in JSON, from the lock alone."""

import json
import re
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from release import Refused

_LOCKED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ;]+)(?: ; (?P<marker>.+?))?(?= --hash=)")


def bill(lock: str, version: str, moment: int) -> str:
    """The components the lock pins, each with the digests its archives may have; the same for the same release.

    ``moment``: seconds since 1970. A digest stands for each archive of the package that may be installed.
    """
    component = {"type": "application", "bom-ref": "srctl", "name": "srctl", "version": version,
                 "licenses": [{"license": {"id": "MIT"}}]}  # fmt: skip
    found = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, f'srctl {version} {moment}{lock}')}",
        "version": 1,
        "metadata": {"timestamp": f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%SZ}", "component": component},
        "components": [_component(line) for line in re.sub(r" *\\\n *", " ", lock).splitlines() if "==" in line],
    }
    return json.dumps(found, indent=2) + "\n"


def _component(line: str) -> dict[str, object]:
    locked = _LOCKED.match(line)
    if not locked:
        raise Refused(f"requirements.lock has a line that pins nothing: {line[:60]}")
    purl = f"pkg:pypi/{locked['name']}@{locked['version']}"
    digests = [{"alg": "SHA-256", "content": digest} for digest in re.findall(r"--hash=sha256:([0-9a-f]{64})", line)]
    component: dict[str, object] = {
        "type": "library", "bom-ref": purl, "name": locked["name"], "version": locked["version"], "purl": purl,
        "hashes": digests,
    }  # fmt: skip
    if locked["marker"]:
        component["properties"] = [{"name": "srctl:where", "value": locked["marker"]}]
    return component
