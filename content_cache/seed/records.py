"""What a seed file may hold: one struct a form, the keys of the README, unknown keys refused."""

from __future__ import annotations

from datetime import date

from content_cache.model import Kind, Validity, Value

# The 26 fields of the national pilot, and one for everything that belongs to none of them.
FIELDS = frozenset(
    {
        *("综合政务", "国土空间规划", "重大建设项目", "公共资源交易", "财政预决算", "安全生产"),
        *("税收管理", "征地补偿", "国有土地上房屋征收", "保障性住房", "农村危房改造", "环境保护"),
        *("公共文化服务", "公共法律服务", "扶贫", "救灾", "食品药品监管", "城市综合执法"),
        *("就业创业", "社会保险", "社会救助", "养老服务", "户籍管理", "涉农补贴", "义务教育"),
        *("医疗卫生", "市政服务"),
    }
)
VALIDITY = {
    "现行有效": Validity.VALID,
    "已失效": Validity.EXPIRED,
    "已废止": Validity.REPEALED,
}
GUIDE_FACTS = (
    "事项类型",
    "实施主体",
    "办理窗口",
    "办理地点",
    "办理时间",
    "法定时限",
    "承诺时限",
    "收费",
    "到现场次数",
    "咨询电话",
    "监督电话",
    "办理结果",
)
GUIDE_SECTIONS = ("受理条件", "材料清单", "办理流程", "设定依据", "常见问题")


class AttachmentText(Value, frozen=True, kw_only=True):
    """An attachment as the writer gives it: the name people see and the words of its pages."""

    name: str
    text: str


class TextRecord(Value, frozen=True, kw_only=True):
    """What the front of every text file may hold; village reports hold nothing else."""

    title: str
    publisher: str
    field: str
    published: date
    topic: str | None = None
    related: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    attachments: tuple[AttachmentText, ...] = ()


class IndexedRecord(TextRecord, frozen=True, kw_only=True):
    """Notices, gazettes and the disclosure guide: a text with an index number."""

    index_no: str | None = None


class PolicyRecord(IndexedRecord, frozen=True, kw_only=True):
    written: date
    validity: str
    number: str | None = None
    successor: str | None = None


class InterpretationRecord(IndexedRecord, frozen=True, kw_only=True):
    interprets: tuple[str, ...]


class ConsultationRecord(IndexedRecord, frozen=True, kw_only=True):
    deadline: date


class GuideRecord(TextRecord, frozen=True, kw_only=True):
    theme: str
    audience: str
    facts: dict[str, str]


class FaqRecord(Value, frozen=True, kw_only=True):
    slug: str
    title: str
    answer: str
    publisher: str
    field: str
    published: date
    related: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class PlaceRecord(Value, frozen=True, kw_only=True):
    slug: str
    title: str
    category: str
    address: str
    checked: date
    phone: str = ""
    hours: str = ""
    services: tuple[str, ...] = ()
    accessibility: str = ""
    landmark: str = ""
    lon: float | None = None
    lat: float | None = None
    system: str = "CGCS2000"
    related: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class CatalogueRow(Value, frozen=True, kw_only=True):
    slug: str
    level1: str
    level2: str
    content: str
    basis: str
    time_limit: str
    body: str
    channels: tuple[str, ...]
    audience: str
    mode: str
    level: str
    fulfilled_by: tuple[str, ...] = ()


class FaqFile(Value, frozen=True, kw_only=True):
    item: tuple[FaqRecord, ...]


class PlaceFile(Value, frozen=True, kw_only=True):
    item: tuple[PlaceRecord, ...]


class CatalogueFile(Value, frozen=True, kw_only=True):
    field: str
    publisher: str
    published: date
    item: tuple[CatalogueRow, ...]


TEXT_RECORDS: dict[Kind, type[TextRecord]] = {
    Kind.POLICY: PolicyRecord,
    Kind.INTERPRETATION: InterpretationRecord,
    Kind.GUIDE: GuideRecord,
    Kind.NOTICE: IndexedRecord,
    Kind.GAZETTE: IndexedRecord,
    Kind.CONSULTATION: ConsultationRecord,
    Kind.VILLAGE: TextRecord,
    Kind.DISCLOSURE: IndexedRecord,
}
