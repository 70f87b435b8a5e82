"""Serve the reference portal and the progress desk: python -m deploy.reference_portal."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from content_cache.errors import SeedError
from content_cache.seed.load import load
from deploy.reference_portal.faults import Fault, Order
from deploy.reference_portal.server import DESK_PATH, PortalServer
from kiosk.fonts import font_path


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.reference_portal", description="安澜县示范门户和办件查询接口"
    )
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只在本机")
    parser.add_argument("--port", type=int, default=8021, help="端口，0 表示任选一个空闲端口")
    parser.add_argument("--announce", type=Path, help="准备好以后把网址写进这个文件")
    parser.add_argument("--seed", type=Path, help="内容文件夹，默认用自带的安澜县")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="故障[:路径[:次数]]",
        help="开机就带的故障，可写多次，例如 timeout:/zwgk/tzgg/*:3；可用："
        + "、".join(fault for fault in Fault if fault is not Fault.OFF),
    )
    return parser.parse_args(argv)


def _order(text: str) -> Order:
    name, _, rest = text.partition(":")
    path, _, times = rest.partition(":")
    return Order(fault=Fault(name), path=path or "*", times=int(times) if times else None)


def _announce(file: Path, url: str) -> None:
    """Written beside and renamed, so that whoever waits for the file never reads half of it."""
    draft = file.with_name(file.name + ".part")
    draft.write_text(url + "\n", encoding="utf-8")
    draft.replace(file)


def main(argv: list[str] | None = None) -> int:
    """Serve until interrupted."""
    arguments = _arguments(argv)
    try:
        orders = [_order(text) for text in arguments.fault]
        seed = load(arguments.seed)
        server = PortalServer(seed, font_path(), host=arguments.host, port=arguments.port)
    except ValueError as error:
        print(f"--fault 写法不对：{error}", file=sys.stderr)
        return 2
    except (SeedError, OSError) as error:
        print(f"参考门户无法启动：{error}", file=sys.stderr)
        return 2
    for order in orders:
        server.obey(order)
    print(f"参考门户：{server.url}/　办件查询：{server.url}{DESK_PATH}", flush=True)
    if arguments.announce:
        _announce(arguments.announce, server.url)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    server.closing.set()
    server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
