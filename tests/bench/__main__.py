"""Compare the kiosk with a browser in kiosk mode: bash deploy/bench.sh."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tests.bench import content, sync_runs, table
from tests.bench.display import Display
from tests.bench.rivals import HEIGHT, WIDTH, Chromium, Kiosk
from tests.bench.visits import Visit, learn, visit

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "bench.md"
COMMANDS = (("search", "低保"), ("status",))

HOW = f"""\
同一块 {WIDTH}×{HEIGHT} 的虚拟屏幕（Xvfb），两个程序轮流运行；内容是自带的示例县，文字、版式相同。
浏览器一侧是一个本地网页（`tests/bench/page.html`）：不用框架，各页面事先都在，切换时不加载、不解析。
两边都从外面测，办法相同：用 XTEST 触摸，从手指离开屏幕起计时，每毫秒读一次两条贯穿画面的像素，
到与画好以后完全一致为止。启动从创建进程起计时，文件已在缓存里，浏览器用已有的用户目录。
内存是该程序全部进程的 PSS 之和；空闲占用在首页测，不触摸。画面由处理器绘制，没有显卡。
启动、内存、空闲和“第一次”是各次运行的中位数；“之后”的 p50、p95 取自全部触摸。
比值是 kiosk ÷ chromium，越小越好。"""


def machine() -> str:
    """What this was measured on; no names."""
    cpu = "未知处理器"
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    browser = subprocess.run(
        ["chromium", "--version"], capture_output=True, text=True, check=True, env=os.environ
    ).stdout.split()[1]
    return (
        f"{cpu}，{os.cpu_count()} 核，{memory_gb:.0f} GB 内存，{platform.machine()}；{system}；"
        f"Python {platform.python_version()}，Kivy {version('kivy')}，Chromium {browser}"
    )


def commands() -> dict[str, float]:
    """Median seconds of five runs of each command."""
    program = Path(sys.executable).with_name("kiosk")
    took: dict[str, float] = {}
    for command in COMMANDS:
        runs = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([program, *command], check=True, capture_output=True)
            runs.append(time.perf_counter() - began)
        took[f"kiosk {' '.join(command)}"] = median(runs)
    return took


def rivalry(folder: Path, options: argparse.Namespace) -> str:
    """The table of kiosk and browser, run by turns."""
    document = content.build(folder / "content")
    ours = Kiosk(folder, folder / "content")
    theirs = Chromium(folder, folder / "content", document)
    visits: dict[str, list[Visit]] = {ours.name: [], theirs.name: []}
    with Display(WIDTH, HEIGHT) as display:
        looks = {rival.name: learn(rival, display) for rival in (ours, theirs)}
        for number in range(options.runs):
            for rival in (ours, theirs):
                print(f"第 {number + 1}/{options.runs} 次：{rival.name}", file=sys.stderr)
                made = visit(rival, display, looks[rival.name], options.rounds, options.idle)
                visits[rival.name].append(made)
    return table.compared(visits[ours.name], visits[theirs.name])


def main() -> int:
    """Print the report; with --write also keep it as docs/bench.md."""
    parser = argparse.ArgumentParser(prog="deploy/bench.sh", description="与浏览器查询机对比测量")
    parser.add_argument("--runs", type=int, default=5, help="每个程序运行几次（默认 5）")
    parser.add_argument("--rounds", type=int, default=8, help="每次走几圈各页面（默认 8）")
    parser.add_argument("--idle", type=float, default=30, help="空闲测多少秒（默认 30）")
    parser.add_argument("--write", action="store_true", help=f"同时写入 {REPORT.relative_to(ROOT)}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        parts = (
            "# 测量结果",
            f"由 `bash deploy/bench.sh --write` 写成。机器：{machine()}。",
            HOW,
            rivalry(Path(folder), options),
            "与示例门户同步（门户在同一台机器上）：",
            table.synced(sync_runs.run(Path(folder))),
            table.commands(commands()),
        )
    report = "\n\n".join(parts) + "\n"
    print(report)
    if options.write:
        REPORT.write_text(report, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
