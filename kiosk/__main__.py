"""One door: kiosk run | demo | sync | search | show | read | receipt | case | board | status."""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

BAD_INPUT = 2
INTERRUPTED = 130

_REFUSALS = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"argument (?P<what>.+?): expected one argument", r"\g<what> 后面缺少一个值"),
    (
        r"argument .+?: invalid choice: '(.*?)' \(choose from (.+)\)",
        r"没有 \1 这个命令，可用的有 \2",
    ),
    (r"unrecognized arguments: (.+)", r"不认识的参数 \1"),
    (r"argument (?P<what>.+?): (?P<why>.+)", r"\g<what>：\g<why>"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese; what is wrong is said in one line."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        for pattern, words in _REFUSALS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                message = match.expand(words)
                break
        self.exit(BAD_INPUT, f"{self.prog}：{message}（用 --help 看说明）\n")


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,4}", text) or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"应为 1 到 1000 的整数，现为 {text}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser("kiosk", "县级政务公开专区的离线自助查询机")
    parser.add_argument(
        "--config", type=Path, metavar="文件", help="配置文件（TOML）；不给则用默认值"
    )
    commands = parser.add_subparsers(
        dest="command", metavar="命令", required=True, title="命令", parser_class=_Parser
    )

    def command(name: str, words: str, *, json: bool = False) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
        made.add_argument(
            "--config",
            type=Path,
            metavar="文件",
            default=argparse.SUPPRESS,
            help="配置文件（TOML），也可以写在命令前面",
        )
        if json:
            made.add_argument("--json", action="store_true", help="以 JSON 输出")
        return made

    run = command("run", "在这台机器上运行查询机")
    run.add_argument(
        "--targets", type=Path, metavar="文件", help="测试用：把能触摸的位置不断写进这个文件"
    )
    run.add_argument("--cursor", action="store_true", help="显示鼠标指针")
    command("demo", "启动演示：示例网站、模拟打印机和查询机")
    command("sync", "从政府网站核对并更新内容一次", json=True)
    search = command("search", "在本机内容里查询", json=True)
    search.add_argument("words", metavar="词语", help="要查的词、问题或文号")
    search.add_argument("--limit", type=_count, default=10, metavar="条数", help="最多列出几条")
    show = command("show", "显示一条内容", json=True)
    show.add_argument("id", metavar="编号", help="search 列出的编号")
    read = command("read", "试读一个网页：看适配规则从中读出了什么", json=True)
    read.add_argument("--url", required=True, metavar="网址", help="网页的地址")
    read.add_argument("--file", type=Path, metavar="文件", help="已保存的网页；不给则去取")
    read.add_argument("--site", metavar="站点", help="站点规则：自带的名字或 TOML 文件")
    receipt = command("receipt", "把一条内容的小票写成打印机指令")
    receipt.add_argument("id", metavar="编号", help="search 列出的编号")
    receipt.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪个文件")
    case = command("case", "查询一件办件的进度", json=True)
    case.add_argument("number", metavar="办件编号", help="回执上的办件编号")
    case.add_argument("--proof", required=True, metavar="密码", help="回执上的查询密码")
    board = command("board", "把办事指南的二维码排成一张 A4 展板（PDF）")
    board.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪个文件")
    board.add_argument("--publisher", metavar="部门", help="只要这个部门的")
    command("status", "内容有多新、各类有多少、哪些配置在起作用", json=True)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0, or 2 after one line on standard error saying what was wrong."""
    options = _parser().parse_args(argv)
    try:
        return _run(options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the answer has seen enough of it (kiosk search … | head).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(options: argparse.Namespace) -> int:
    from content_cache.errors import CacheError
    from kiosk import commands, config
    from kiosk.errors import BadInputError, ConfigError

    # A command that answers says what is wrong itself; the others run unseen.
    level = logging.WARNING if options.command in ("run", "sync") else logging.ERROR
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = config.load(options.config)
        command = getattr(commands, options.command)
        code: int = command(settings, options)
    except (BadInputError, CacheError, ConfigError) as error:
        print(f"kiosk {options.command}：{error}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        raise
    except OSError as error:
        # A folder that cannot be read or written, a full disk, a missing font.
        what = f"{error.filename}：{error.strerror}" if error.filename else str(error)
        print(f"kiosk {options.command}：{what}", file=sys.stderr)
        return BAD_INPUT
    return code


if __name__ == "__main__":
    sys.exit(main())
