"""Figures to one Markdown table; ratios say what share of the other program's figure the kiosk needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
    """One row: values of both programs in the same unit; aim is the largest ratio wanted, None for none."""

    words: str
    kiosk: float
    other: float
    digits: int = 0
    aim: float | None = None

    def markdown(self) -> str:
        ratio = self.kiosk / self.other if self.other else float("inf")
        aim = f"≤ {self.aim:.2f} {'✓' if ratio <= self.aim else '✗'}" if self.aim else ""
        values = f"{self.kiosk:.{self.digits}f} | {self.other:.{self.digits}f}"
        return f"| {self.words} | {values} | {ratio:.2f} | {aim} |"


def compared(kiosk: list[Visit], other: list[Visit]) -> str:
    """The table of both; medians over the runs, touches over all touches of all runs."""

    def both(
        words: str, pick: Callable[[Visit], float], aim: float | None, digits: int = 0
    ) -> Line:
        values = [median(pick(visit) for visit in visits) for visits in (kiosk, other)]
        return Line(words, *values, aim=aim, digits=digits)

    lines = [
        both("启动到第一个画面（海报）ms", lambda visit: visit.start_ms, 0.9),
        both("内存 PSS，首页 MB", lambda visit: visit.home_mb, 0.33),
        both("内存 PSS，看过各页之后 MB", lambda visit: visit.all_mb, 0.33),
        both("空闲处理器占用 %", lambda visit: visit.idle_percent, None, digits=2),
    ]
    for step, words in STEPS.items():
        lines.append(both(f"{words}，第一次 ms", lambda visit, step=step: visit.first[step], 1.0))
    for step, words in STEPS.items():
        if step == "poster>home":
            continue  # it comes once a visit
        ours, theirs = (
            [ms for visit in visits for ms in visit.later[step]] for visits in (kiosk, other)
        )
        lines.append(Line(f"{words}，之后 p50 ms", median(ours), median(theirs), aim=1.0))
        lines.append(Line(f"{words}，之后 p95 ms", p95(ours), p95(theirs), aim=1.0))
    head = "| 项目 | kiosk run | chromium --kiosk | 比值 | 目标 |\n|---|---:|---:|---:|---|"
    return "\n".join((head, *(line.markdown() for line in lines)))


def synced(runs: Iterable[SyncRun]) -> str:
    """The table of `kiosk sync`."""
    head = "| kiosk sync | 秒 | 请求数 | 收到 KB | 结果 |\n|---|---:|---:|---:|---|"
    rows = (
        f"| {run.name} | {run.seconds:.2f} | {run.requests} | {run.size / 1000:.0f} | {run.result} |"
        for run in runs
    )
    return "\n".join((head, *rows))


def commands(seconds: dict[str, float]) -> str:
    """The table of commands without a window."""
    head = "| 命令（无窗口） | 秒，从启动到结束 |\n|---|---:|"
    return "\n".join((head, *(f"| {words} | {took:.2f} |" for words, took in seconds.items())))


def p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
