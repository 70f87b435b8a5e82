"""What each command does; kiosk/__main__.py reads the arguments. Imports are per command."""

from __future__ import annotations

import os
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from kiosk.config import ReceiptPrinter
from kiosk.errors import BadInputError

UNREACHABLE = 1
_MOST_CODES = 1000
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")

if TYPE_CHECKING:
    import argparse

    from content_cache.library import Library
    from content_cache.model import Item
    from kiosk.config import Config
    from kiosk.receipts import SiteWords


def run(config: Config, options: argparse.Namespace) -> int:
    from kiosk.app import run as run_app
    from kiosk.screens.window import InvisibleDriver

    try:
        return run_app(config, options.targets, cursor=options.cursor)
    except InvisibleDriver as error:
        raise BadInputError(str(error)) from error


def demo(config: Config, options: argparse.Namespace) -> int:
    del config, options
    script = Path(__file__).resolve().parents[1] / "deploy" / "demo.sh"
    if not script.is_file():
        raise BadInputError("演示要在源码目录里启动：bash deploy/demo.sh；这里没有它")
    # The script takes over this process; nothing is left to do here.
    os.execv("/bin/bash", ["bash", str(script)])  # noqa: S606  # our own script


def sync(config: Config, options: argparse.Namespace) -> int:
    from content_cache.portals.website import open_website
    from content_cache.sites.profile import load_site
    from content_cache.sync import Result
    from content_cache.sync import sync as carry_out
    from kiosk.tasks import rest

    portal, root = config.portal, config.content_root
    root.mkdir(parents=True, exist_ok=True)
    site = load_site(portal.profile)
    local = urlsplit(portal.url or "").hostname in _THIS_MACHINE
    website = open_website(
        site,
        root,
        url=portal.url or "",
        public_url=portal.public_url or "",
        pause=None if local else partial(rest, portal.pause_s),
    )
    try:
        report = carry_out(website, root)
    finally:
        website.close()
    if options.json:
        _json(report)
    elif report.result is Result.UNREACHABLE:
        print(f"网站读不出，内容没有动：{report.message}")
    else:
        done = f"已更新为第 {report.release} 版"
        if report.unchanged:
            done = "已是最新，没有写入内容"
        print(f"{done}：新增 {report.added}，变更 {report.changed}，撤下 {report.dropped}")
        print(f"读不出而保留旧内容 {report.kept_old}，附件没有取到 {len(report.failed_files)}")
    return UNREACHABLE if report.result is Result.UNREACHABLE else 0


def search(config: Config, options: argparse.Namespace) -> int:
    found = _library(config).search(options.words, limit=options.limit)
    if options.json:
        keys = ("id", "kind", "title", "number", "publisher", "published", "validity", "snippet")
        rows = [{key: getattr(row, key) for key in keys} for row in found.results]
        return _json({"total": found.total, "results": rows})
    from content_cache.model import KINDS

    print(f"共 {found.total} 条")
    for row in found.results:
        facts = (KINDS[row.kind].words, row.number, row.publisher, row.published, row.validity)
        print(f"\n{row.id}  {row.title}")
        print("　".join(str(fact) for fact in facts if fact))
        print(row.snippet)
    return 0


def show(config: Config, options: argparse.Namespace) -> int:
    item = _item(config, options.id)
    return _json(item) if options.json else _print_item(item)


def read(config: Config, options: argparse.Namespace) -> int:
    from content_cache.portals.page import read_page
    from content_cache.sites.profile import load_site

    site = load_site(options.site or _profile_of(config, options.url))
    try:
        html = options.file.read_bytes() if options.file else None
    except OSError as error:
        raise BadInputError(f"--file：读不出 {options.file}（{error.strerror}）") from error
    item = read_page(options.url, html, site)
    return _json(item) if options.json else _print_item(item)


def _profile_of(config: Config, url: str) -> str:
    """The configured portal's profile for its own pages, the general one for all others."""
    from content_cache.sites.profile import load_site

    site = load_site(config.portal.profile)
    own = (config.portal.url, config.portal.public_url, site.url, site.public_url)
    host = urlsplit(url).netloc
    return (
        config.portal.profile if host in {urlsplit(one or "").netloc for one in own} else "generic"
    )


def receipt(config: Config, options: argparse.Namespace) -> int:
    from kiosk.devices import profile
    from kiosk.devices.codecs import escpos
    from kiosk.receipts import for_item

    item = _item(config, options.id)
    printer = config.receipt_printer or ReceiptPrinter(port="")
    now = datetime.now().astimezone()
    # A number of the day that the ledger never gives out: nothing was printed.
    slip = for_item(item, _site_words(config), now, f"{now:%Y%m%d}-0000")
    model = profile.load(printer.profile, printer.baud)
    return _write(options.out, escpos.encode(slip, model))


def case(config: Config, options: argparse.Namespace) -> int:
    from kiosk.cases import Case
    from kiosk.desks.county import CountyDesk
    from kiosk.faults import fault

    if config.desk is None:
        raise BadInputError("没有配置办件查询接口：配置文件里应有 [desk] 一节的 url")
    answer = CountyDesk(config.desk.url, config.desk.timeout_s).ask(options.number, options.proof)
    if not isinstance(answer, Case):
        raise BadInputError(fault(answer.code).words)
    if options.json:
        return _json(msgspec.structs.replace(answer, number=answer.number_masked))
    print(f"{answer.number_masked}　{answer.item_title}　{answer.applicant_masked}")
    print(f"{answer.status.words}　{answer.time_words}")
    for step in answer.steps:
        # The hall's own time, whatever the clock of this machine is set to.
        at = f"{step.at:%Y-%m-%d %H:%M}" if step.at else "－"
        print(f"{at}　{step.title}　{step.note}")
    if answer.action:
        print("\n".join((answer.action.title, *answer.action.lines)))
    return 0


def board(config: Config, options: argparse.Namespace) -> int:
    from content_cache.model import Kind
    from content_cache.results import Filters, Order
    from kiosk.sheets import board as board_of

    library = _library(config)
    wanted = Filters(kind=Kind.GUIDE, publisher=options.publisher)
    rows = library.list(wanted, Order.TITLE, limit=_MOST_CODES).rows
    if not rows:
        known = "、".join(one.value for one in library.facets(Kind.GUIDE).publisher)
        raise BadInputError(f"--publisher：{options.publisher} 没有办事指南，有的部门是 {known}")
    items = [item for row in rows if (item := library.get(row.id))]
    now = datetime.now().astimezone()
    return _write(options.out, board_of(items, _site_words(config), now))


def status(config: Config, options: argparse.Namespace) -> int:
    from content_cache.model import KINDS

    library = _library(config)
    printer = config.receipt_printer
    if options.json:
        return _json(
            {
                "age": library.age(),
                "kinds": library.kinds(),
                "content_root": str(config.content_root),
                "config": config,
            }
        )
    age = library.age()
    print(f"内容版本　{age.release}（{age.source}），建于 {_local(age.content_from)}")
    print(f"最近核对　{_local(age.last_checked)}，网站{_REACHABLE[age.portal_reachable]}")
    for kind, count in library.kinds().items():
        print(f"　　{KINDS[kind].words}　{count}")
    print(f"内容目录　{config.content_root}")
    print(f"配置文件　{options.config or '没有，全部用默认值'}")
    print(f"网站　　　{config.portal.profile} {config.portal.url or ''}")
    print(f"办件接口　{config.desk.url if config.desk else '没有配置'}")
    print(f"打印机　　{f'{printer.port}（{printer.profile}）' if printer else '没有配置'}")
    return 0


_REACHABLE = {None: "未知", True: "连得上", False: "连不上"}


def _library(config: Config) -> Library:
    from content_cache.library import open_library

    return open_library(config.content_root)


def _item(config: Config, item_id: str) -> Item:
    item = _library(config).get(item_id)
    if item is None:
        raise BadInputError(f"没有编号为 {item_id} 的内容")
    return item


def _site_words(config: Config) -> SiteWords:
    from kiosk.receipts import SiteWords

    site = config.site
    return SiteWords(
        title=site.title, hall=site.hall, machine=site.machine, portal_name=site.portal_name
    )


def _write(path: Path, content: bytes) -> int:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInputError(f"{path} 写不进去：{error.strerror}") from error
    print(f"{path}　{len(content)} 字节")
    return 0


def _json(answer: object) -> int:
    print(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
    return 0


def _print_item(item: Item) -> int:
    from content_cache.model import KINDS, plain_text

    named = {
        "类别": KINDS[item.kind].words,
        "文号": item.number,
        "索引号": item.index_no,
        "发布机构": item.publisher,
        "主题": item.topic,
        "领域": item.field,
        "成文日期": item.written,
        "发布日期": item.published,
        "有效性": item.validity,
        "网址": item.source_url,
    }
    print(item.title)
    for label, value in (*named.items(), *((fact.label, fact.value) for fact in item.facts)):
        if value is not None:
            print(f"{label}：{value}")
    for attachment in item.attachments:
        print(f"附件：{attachment.name} {attachment.url}")
    print(f"\n{plain_text(item)}")
    return 0


def _local(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "从未"
