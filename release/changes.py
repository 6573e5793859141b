"""The changes of a release: the version in ``srctl/__init__.py``, the day in ``CHANGELOG.md``. Pure."""

import re
from datetime import date

from release import Refused

_VERSION = re.compile(r'^__version__ = "([^"]*)"$', re.M)
_SECTION = re.compile(r"^## (?P<version>\S+) \((?P<day>[^)]*)\)\n(?P<text>.*?)(?=^## |\Z)", re.M | re.S)


def numbers(version: str) -> tuple[int, ...]:
    """The three numbers of a version, to compare it by."""
    if not re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", version, re.ASCII):
        raise Refused(f"{version!r} is no version: give three numbers, as in VERSION=0.2.0")
    return tuple(map(int, version.split(".")))


def version_in(source: str) -> str:
    """The version a module declares; Refused when it does not declare it once."""
    found = _VERSION.findall(source)
    if len(found) != 1:
        raise Refused("srctl/__init__.py does not say __version__ once")
    return str(found[0])


def with_version(source: str, version: str) -> str:
    """The source of the module with this version declared."""
    return _VERSION.sub(f'__version__ = "{version}"', source)


def dated(changelog: str, version: str, day: date) -> str:
    """The changelog with the day of this version; Refused when it has no section, a dated or an empty one."""
    section = _SECTION.search(changelog)
    if not section or section["version"] != version:
        raise Refused(f"CHANGELOG.md does not begin with a section for it: ## {version} (unreleased)")
    if section["day"] != "unreleased":
        raise Refused(f"CHANGELOG.md has {version} of {section['day']} already: it should say (unreleased)")
    if not re.search(r"^[^#\s]", section["text"], re.M):
        raise Refused(f"CHANGELOG.md says nothing of {version}")
    return changelog.replace(f"## {version} (unreleased)", f"## {version} ({day})", 1)
