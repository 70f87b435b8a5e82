"""Pages that answer 200 and are none: removed, not found, or a firewall's blip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from content_cache.errors import Gone, Refused
from content_cache.portals.addresses import joined
from content_cache.portals.tree import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Real pages carry at least menus; a refresh with more text around it is a page that also refreshes.
_TINY_TEXT: Final = 60
_SHORT_TEXT: Final = 300
_TARGET = re.compile(r"url\s*=\s*['\"]?([^'\">\s]+)", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"(?:页面|网页|文件|内容|信息|文章|稿件)(?:已)?(?:不存在|未找到|找不到|被删除|已删除|已失踪)|"
    r"(?:不存在|找不到|未找到).{0,8}(?:页面|网页)|404 not found",
    re.IGNORECASE,
)


def check_whole(body: bytes, url: str) -> None:
    """Refused for bytes without the end of a page: cut by a server that does not say its length."""
    low = body.lower()
    if b"</html" not in low and b"</body" not in low:
        raise Refused(f"{url}: 页面不完整 ({len(body)} 字节)")


def check_alive(root: HtmlElement, url: str) -> None:
    """Gone for a tiny page that only leads away or says that nothing is here; Refused if empty.

    A page that refreshes to itself is a browser check, not a removal.
    """
    text = text_of(root)
    target = refresh_target(root, url)
    if target is not None and len(text) < _TINY_TEXT:
        if urlsplit(target).path == urlsplit(url).path:
            raise Refused(f"{url}: 页面要求浏览器验证")
        raise Gone(f"{url}: 页面只跳转到别处")
    if len(text) < _SHORT_TEXT and _NOT_FOUND.search(text):
        raise Gone(f"{url}: 页面称内容不存在")
    if not text and not any(True for _ in root.iter("iframe", "embed", "img")):
        raise Refused(f"{url}: 页面没有内容")


def refresh_target(root: HtmlElement, url: str) -> str | None:
    """Where a page sends the browser by itself; None for nearly every page."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            match = _TARGET.search(meta.get("content") or "")
            return (joined(url, match[1]) if match else None) or url
    return None
