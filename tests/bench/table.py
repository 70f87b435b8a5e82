"""Figures to Markdown tables; a ratio is the kiosk's figure over the other program's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from statistics import median, quantiles

from tests.bench.sync_runs import SyncRun
from tests.bench.visits import Visit

STEPS = {
    "poster>home": "海报 → 首页",
    "home>list": "首页 → 列表",
    "list>document": "列表 → 最长的文件",
    "document>list": "返回列表",
    "list>home": "返回首页",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: both values in the same unit. aim: the largest ratio wanted, None for none."""

    words: str
    kiosk: float
    other: float
    digits: int = 0
    aim: float | None = None

    def markdown(self) -> str:
        values = f"{self.kiosk:.{self.digits}f} | {self.other:.{self.digits}f}"
        if not self.other:
            return f"| {self.words} | {values} | － | |"
        ratio = self.kiosk / self.other
        aim = f"≤ {self.aim} {'✓' if ratio <= self.aim else '✗'}" if self.aim else ""
        return f"| {self.words} | {values} | {ratio:.2f} | {aim} |"


def compared(kiosk: list[Visit], other: list[Visit]) -> str:
    """The table of both; medians over the runs, later touches over all touches of all runs."""

    def of_runs(
        words: str, figures: Callable[[Visit], float], aim: float | None, digits: int = 0
    ) -> Line:
        ours, theirs = (median(map(figures, visits)) for visits in (kiosk, other))
        return Line(words, ours, theirs, digits, aim)

    lines = [
        of_runs("启动到第一个画面（海报）ms", attrgetter("start_ms"), 0.9),
        of_runs("内存 PSS，首页 MB", attrgetter("home_mb"), 0.33),
        of_runs("内存 PSS，看过各页之后 MB", attrgetter("all_mb"), 0.33),
        of_runs("空闲处理器占用 %", attrgetter("idle_percent"), None, digits=2),
    ]
    for step, words in STEPS.items():
        lines.append(of_runs(f"{words}，第一次 ms", partial(_first, step), 1.0))
    for step in kiosk[0].later:
        ours, theirs = ([ms for v in visits for ms in v.later[step]] for visits in (kiosk, other))
        lines.append(Line(f"{STEPS[step]}，之后 p50 ms", median(ours), median(theirs), aim=1.0))
        lines.append(Line(f"{STEPS[step]}，之后 p95 ms", p95(ours), p95(theirs), aim=1.0))
    head = "| 项目 | kiosk run | chromium --kiosk | 比值 | 目标 |\n|---|---:|---:|---:|---|"
    return "\n".join((head, *(line.markdown() for line in lines)))


def synced(runs: Iterable[SyncRun]) -> str:
    """The table of `kiosk sync`."""
    head = "| kiosk sync | 秒 | 请求数 | 收到 KB | 结果 |\n|---|---:|---:|---:|---|"
    rows = (
        f"| {run.name} | {run.seconds:.2f} | {run.requests} "
        f"| {run.size / 1000:.0f} | {run.result} |"
        for run in runs
    )
    return "\n".join((head, *rows))


def commands(seconds: dict[str, float]) -> str:
    """The table of commands without a window."""
    head = "| 命令（无窗口） | 秒，从启动到结束 |\n|---|---:|"
    return "\n".join((head, *(f"| {words} | {took:.2f} |" for words, took in seconds.items())))


def _first(step: str, visit: Visit) -> float:
    return visit.first[step]


def p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
