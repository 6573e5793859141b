"""Commits dated ahead of today: some computer's clock was wrong when they were made. Reads only."""

from datetime import date

from srctl.core.dates import BANGKOK, show_date
from srctl.core.i18n import _, language
from srctl.store.git.repository import Repo


def commits_ahead(repo: Repo, today: date) -> list[str]:
    """A sentence for every commit of the history that is dated ahead of ``today``, newest first."""
    days = ((commit, moment.astimezone(BANGKOK).date()) for commit, moment in repo.moments())
    return [
        _("commit {commit} is dated {day}, which is still to come").format(
            commit=commit[:8], day=show_date(day, language())
        )
        for commit, day in days
        if day > today
    ]


def clock_hint() -> str:
    """What to do about a clock that was wrong."""
    return _("see whether the clock of that computer is right")
