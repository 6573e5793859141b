"""Hold the coverage that was promised: `python -m tests.coverage_floors FILE` reads a coverage JSON report.

At least 95 % of the lines of floors 0 to 2, and every branch of what decides where a case stands and what is due.
"""

import json
import sys
from pathlib import Path

from tests.test_architecture import FLOORS

LEAST = 95.0
WHOLE = (
    "srctl/workflow.py", "srctl/due.py", "srctl/deadlines.py", "srctl/counting.py", "srctl/pauses.py",
)  # fmt: skip


def main(report: Path) -> int:
    """Print what is covered; return 1 when it is less than promised."""
    files = {Path(name).as_posix(): facts for name, facts in json.loads(report.read_text("utf-8"))["files"].items()}
    low = [module for floor in (0, 1, 2) for module in FLOORS[floor]]
    covered = total = 0
    for name, facts in files.items():
        if name.removeprefix("srctl/").split("/")[0].removesuffix(".py") in low:
            covered += facts["summary"]["covered_lines"]
            total += facts["summary"]["num_statements"]
    percent = 100 * covered / total
    print(f"lines of floors 0-2 covered: {percent:.1f} % (at least {LEAST:.0f} %)")
    open_branches = {name: files[name]["missing_branches"] + files[name]["missing_lines"] for name in WHOLE}
    for name, missing in open_branches.items():
        print(f"{name}: " + (f"not covered: {missing}" if missing else "every branch covered"))
    return int(percent < LEAST or any(open_branches.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
