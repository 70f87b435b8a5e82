"""What a program and everything it started takes of memory and processor, as the kernel counts."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
SESSION, USER_TICKS, SYSTEM_TICKS = 3, 11, 12  # fields of /proc/PID/stat after the name


def _stat(pid: int) -> list[str]:
    """The fields after the program's name, which may hold anything."""
    return (PROC / str(pid) / "stat").read_text("utf-8").rpartition(")")[2].split()


def processes(session: int) -> list[int]:
    """The processes of one session."""
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdecimal():
            try:
                if int(_stat(int(entry.name))[SESSION]) == session:
                    found.append(int(entry.name))
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended meanwhile
    return found


def memory_mb(session: int) -> float:
    """Proportional set size of all processes of the session, in MB (10^6 bytes)."""
    kib = 0
    for pid in processes(session):
        for line in (PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                kib += int(line.split()[1])
    return kib * 1024 / 1e6


def processor_s(session: int) -> float:
    """Processor time all processes of the session have used, in seconds."""
    ticks = 0
    for pid in processes(session):
        fields = _stat(pid)
        ticks += int(fields[USER_TICKS]) + int(fields[SYSTEM_TICKS])
    return ticks / TICKS_PER_S
