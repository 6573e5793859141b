"""Hold the coverage that was promised: `python -m tests.coverage_floors FILE` reads a coverage JSON report.

At least 95 % of the lines of the pure wings, store and documents, and every branch of what decides where a case stands
and what is due.
"""

import json
import sys
from pathlib import Path

LEAST = 95.0
WINGS = ("core", "model", "workflow", "deadlines", "views", "store", "documents")
WHOLE = (
    "srctl/workflow/stages.py",
    *(f"srctl/deadlines/{name}.py" for name in ("obligations", "rules", "counting", "pauses")),
)


def main(report: Path) -> int:
    """Print what is covered; return 1 when it is less than promised."""
    files = {Path(name).as_posix(): facts for name, facts in json.loads(report.read_text("utf-8"))["files"].items()}
    covered = total = 0
    for name, facts in files.items():
        if name.removeprefix("srctl/").split("/")[0] in WINGS:
            covered += facts["summary"]["covered_lines"]
            total += facts["summary"]["num_statements"]
    percent = 100 * covered / total
    print(f"lines of the pure wings and the edges covered: {percent:.1f} % (at least {LEAST:.0f} %)")
    open_branches = {name: files[name]["missing_branches"] + files[name]["missing_lines"] for name in WHOLE}
    for name, missing in open_branches.items():
        print(f"{name}: " + (f"not covered: {missing}" if missing else "every branch covered"))
    return int(percent < LEAST or any(open_branches.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
