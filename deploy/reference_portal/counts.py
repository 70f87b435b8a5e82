"""What a portal was asked, for tests and for the technician who wonders what sync does."""

from __future__ import annotations

import threading
from collections import Counter

import msgspec


class Counts:
    """What was asked: requests a path, answers a status, agents, and how many at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = 0
        self.reset()

    def reset(self) -> None:
        """Start counting anew."""
        self.paths: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.agents: Counter[str] = Counter()
        self.most_at_once = 0

    def begin(self, path: str, agent: str) -> None:
        """One request came in."""
        with self._lock:
            self.paths[path] += 1
            self.agents[agent] += 1
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def end(self, outcome: str) -> None:
        """It was answered: a status, or the name of a fault."""
        with self._lock:
            self.statuses[outcome] += 1
            self._now -= 1

    def json(self) -> bytes:
        """All counts."""
        with self._lock:
            counts = {
                "requests": self.paths.total(),
                "paths": dict(self.paths),
                "statuses": dict(self.statuses),
                "agents": dict(self.agents),
                "most_at_once": self.most_at_once,
            }
        return msgspec.json.encode(counts)
