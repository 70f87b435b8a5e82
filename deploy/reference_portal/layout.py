"""The frame of every page: head tags, menus, crumbs, footer, and the noise real portals carry."""

from __future__ import annotations

from html import escape

from deploy.reference_portal.sections import FOLDERS, SECTIONS, Section, TagCase

SITE_NAME = "安澜县人民政府"
SITE_DOMAIN = "www.anlan.gov.example"
SITE_ID_CODE = "9900210001"

_MENU = "".join(
    f'<li><a href="{path}">{name}</a></li>' for path, name, _ in FOLDERS if path.count("/") == 2
)
_MEGA = "".join(
    f'<dd><a href="{section.column.path}" target="_blank">{section.column.name}</a></dd>'
    for section in SECTIONS.values()
)


def tag(name: str, content: str, case: TagCase) -> str:
    """One meta tag, its name written the way the section does."""
    match case:
        case TagCase.LOWER:
            return f"<meta name='{name.lower()}' content='{escape(content)}'/>"
        case TagCase.UPPER:
            return f'<META NAME="{name.upper()}" CONTENT="{escape(content)}">'
        case TagCase.USUAL:
            return f'<meta name="{name}" content="{escape(content)}">'


def head_tags(section: Section, article: dict[str, str]) -> str:
    """The tags of site and column, then those of the article in the order given."""
    column = section.column
    named = {
        "SiteName": SITE_NAME,
        "SiteDomain": SITE_DOMAIN,
        "SiteIDCode": SITE_ID_CODE,
        "ColumnName": column.name,
        "ColumnType": section.habits.column_type,
    }
    if not article:
        named["ColumnDescription"] = f"{SITE_NAME}网{column.name}栏目"
        named["ColumnKeywords"] = f"{column.name},{SITE_NAME}"
    tags = [tag(name, content, section.habits.tags) for name, content in (named | article).items()]
    return "\n".join(tags)


def page(section: Section, title: str, tags: str, main: str) -> str:
    """A whole page of a section. main is the HTML between crumbs and footer."""
    crumbs = " &gt; ".join(f'<a href="{path}">{name}</a>' for name, path in section.crumbs)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="zh-CN">
<head>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge,chrome=1">
{tags}
<title>{escape(title)}_{SITE_NAME}</title>
<link rel="stylesheet" type="text/css" href="/images/site.css">
<script type="text/javascript" src="/images/site.js"></script>
<style type="text/css">.CurrChnlCls{{color:#666;font-size:14px;}}</style>
</head>
<body>
<div class="header"><div class="logo"><a href="/"><b>{SITE_NAME}</b></a></div>
<div class="topbar"><a href="javascript:void(0)" onclick="bigger()">无障碍</a> | \
<a href="http://www.gov.cn/" target="_blank">中国政府网</a> | \
<a href="http://www.qingning.gov.example/">清宁市人民政府</a></div>
<form class="sousuo" action="/search" onsubmit="return false">\
<input type="text" value="请输入关键字"/><button>搜索</button></form></div>
<!-- 导航 -->
<div class="nav"><ul><li><a href="/">网站首页</a></li>{_MENU}</ul>
<dl class="mega"><dt>全部栏目</dt>{_MEGA}</dl></div>
<div class="dqwz">您现在的位置：{crumbs}</div>
<div class="container cf">
{main}
</div>
<div class="footer">
<ul><li><a href="/">返回首页</a>| </li><li><a href="/wzsm/">网站声明</a>| </li>\
<li><a href="/lxwm/">联系我们</a>| </li><li><a href="/wzdt/">网站地图</a></li></ul>
<p>主办单位：安澜县人民政府办公室　　网站标识码 {SITE_ID_CODE}</p>
<p>地址：安平街道澜江大道 66 号　　值班电话：5550001</p>
<p>本网站为虚构的示范网站，所有单位、文件和数据均为虚构。</p>
<div class="img"><script type="text/javascript">\
document.write(unescape("%3Cspan id='_ideConac'%3E%3C/span%3E"));</script></div>
</div>
</body>
</html>
"""


def refresh(target: str) -> str:
    """The tiny page TRS leaves where there is nothing of its own."""
    return f'<html><head><meta http-equiv="refresh" content="0;URL={target}"></head></html>\n'


SHARE_BAR = """<div class="share"><span>【字体：<a href="javascript:doZoom(18)">大</a> \
<a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a>】</span>
<a href="javascript:window.print()">打印本页</a> <a href="javascript:window.close()">关闭窗口</a>
<div class="bshare">分享到：<a class="wx" href="#">微信</a>\
<a class="wb" href="#">微博</a></div></div>"""
