"""The one table of faults: what a code means, for whom, how bad, in which words, and what to do.

Low layers only say what happened, with a stable code. tests/rules/test_faults.py refuses a code
without a row.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Actor(StrEnum):
    """Who can do something about it."""

    CITIZEN = "citizen"
    STAFF = "staff"
    TECHNICIAN = "technician"


class Severity(StrEnum):
    """NOTE: everything works. LIMITED: one thing does not. STOPPED: the kiosk cannot serve."""

    NOTE = "note"
    LIMITED = "limited"
    STOPPED = "stopped"


class Fault(msgspec.Struct, frozen=True):
    """words say to a citizen what is the matter; advice says to the actor what to do."""

    code: str
    actor: Actor
    severity: Severity
    words: str
    advice: str


_ROWS = (
    # The printer: kiosk/devices/contracts.py; "printer." and the tag of the status.
    Fault(
        "printer.paper_out",
        Actor.STAFF,
        Severity.LIMITED,
        "收据打印机没有纸了，暂时不能打印",
        "打开打印机上盖，换上新纸卷，纸头朝外拉出一截后合盖",
    ),
    Fault(
        "printer.paper_low",
        Actor.STAFF,
        Severity.NOTE,
        "收据打印机的纸快用完了，现在还能打印",
        "准备一卷新纸，空闲时更换",
    ),
    Fault(
        "printer.cover_open",
        Actor.STAFF,
        Severity.LIMITED,
        "收据打印机的盖子没有合上，暂时不能打印",
        "合上打印机上盖，听到卡扣声为止",
    ),
    Fault(
        "printer.broken",
        Actor.STAFF,
        Severity.LIMITED,
        "收据打印机出了故障，暂时不能打印",
        "关闭打印机电源，清除卡住的纸，等打印头冷却后再开机；不能恢复时报修",
    ),
    Fault(
        "printer.silent",
        Actor.STAFF,
        Severity.LIMITED,
        "收据打印机没有回应，暂时不能打印",
        "检查打印机电源是否打开；仍无回应时请技术人员核对串口速率",
    ),
    Fault(
        "printer.unplugged",
        Actor.STAFF,
        Severity.LIMITED,
        "收据打印机没有接上，暂时不能打印",
        "插紧打印机的数据线，几秒后会自动恢复",
    ),
    Fault(
        "printer.unknown_outcome",
        Actor.CITIZEN,
        Severity.LIMITED,
        "不能确定小票有没有打印出来",
        "请看一下出纸口，告诉我们：出来了，还是没有出来",
    ),
    # The progress desk: kiosk/cases.py.
    Fault(
        "desk.no_such_case",
        Actor.CITIZEN,
        Severity.NOTE,
        "没有查到，办件编号或查询密码不对",
        "请对照回执再输一次；回执不在手边，请到窗口查询",
    ),
    Fault(
        "desk.too_many_tries",
        Actor.CITIZEN,
        Severity.NOTE,
        "输错次数太多，这个编号暂时不能查询",
        "请等一分钟再试，或到窗口查询",
    ),
    Fault(
        "desk.away",
        Actor.TECHNICIAN,
        Severity.LIMITED,
        "办事进度现在查不了",
        "检查办件查询接口的地址和网络；其他功能不受影响",
    ),
    # The portal and the library: content_cache/errors.py.
    Fault(
        "portal.offline",
        Actor.TECHNICIAN,
        Severity.NOTE,
        "现在连不上政府网站，显示的是上次核对过的内容",
        "检查网络；恢复后下一次同步会核对",
    ),
    Fault(
        "portal.error",
        Actor.TECHNICIAN,
        Severity.NOTE,
        "政府网站的内容暂时核对不了，显示的是上次核对过的内容",
        "看同步日志里写明的网址和原因",
    ),
    Fault(
        "portal.unreachable",
        Actor.TECHNICIAN,
        Severity.NOTE,
        "现在连不上政府网站，显示的是上次核对过的内容",
        "检查网络、网站地址和防火墙",
    ),
    Fault(
        "portal.refused",
        Actor.TECHNICIAN,
        Severity.NOTE,
        "政府网站这次给出的内容不完整，显示的是上次核对过的内容",
        "用浏览器打开日志里的网址，看网站是否正常",
    ),
    Fault(
        "portal.gone",
        Actor.TECHNICIAN,
        Severity.NOTE,
        "政府网站已经撤下这条内容",
        "下次同步后本机也不再显示，不用处理",
    ),
    Fault(
        "content.error",
        Actor.TECHNICIAN,
        Severity.LIMITED,
        "这条内容现在打不开",
        "看日志；重新同步一次",
    ),
    Fault(
        "content.release",
        Actor.TECHNICIAN,
        Severity.STOPPED,
        "本机的内容暂时用不了",
        "检查磁盘后运行 kiosk sync 重新同步；提示格式太新时先升级程序",
    ),
    Fault(
        "content.profile",
        Actor.TECHNICIAN,
        Severity.NOTE,
        "现在不能更新内容，显示的是上次核对过的内容",
        "按提示改正站点配置文件里的那一项",
    ),
    Fault(
        "content.seed",
        Actor.TECHNICIAN,
        Severity.STOPPED,
        "本机的内容暂时用不了",
        "自带的示例内容已损坏，请重新安装程序",
    ),
    # The machine itself.
    Fault(
        "config.error",
        Actor.TECHNICIAN,
        Severity.STOPPED,
        "本机正在维护，请到窗口办理",
        "按提示改正配置文件里的那一项，再启动",
    ),
    Fault(
        "screen.invisible_driver",
        Actor.TECHNICIAN,
        Severity.STOPPED,
        "本机正在维护，请到窗口办理",
        "图形驱动不在真实屏幕上显示（offscreen 或 dummy），检查 DISPLAY 和显卡驱动",
    ),
)

FAULTS = {row.code: row for row in _ROWS}


def fault(code: str) -> Fault:
    """The row of a code. An unknown code is a programming error (KeyError)."""
    return FAULTS[code]
