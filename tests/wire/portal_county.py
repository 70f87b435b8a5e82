"""A small part of the seed county behind a real server, and a website adapter that reads it."""

from __future__ import annotations

from contextlib import contextmanager

import msgspec

from content_cache.model import Kind, sealed
from content_cache.portals.web import Limits
from content_cache.portals.website import Website
from content_cache.seed.load import Seed, load
from content_cache.sites.profile import load_site
from deploy.reference_portal.server import PortalServer
from kiosk.fonts import font_path

QUICK = Limits(connect_s=1, silent_s=0.4, page_total_s=1, file_total_s=5)
SITE = load_site("anlan")
_FEW = {
    Kind.POLICY: 4,
    Kind.NOTICE: 18,
    Kind.GUIDE: 2,
    Kind.FAQ: 2,
    Kind.PLACE: 2,
    Kind.CONSULTATION: 1,
}


def small_seed():
    """A few items of several kinds, without links out of the choice; one has a file."""
    seed = load()
    chosen = []
    for kind, count in _FEW.items():
        items = [item for item in seed.items if item.kind is kind]
        plain = [item for item in items if not item.attachments]
        chosen += plain[:count]
        if kind is Kind.POLICY:
            chosen += [item for item in items if len(item.attachments) == 1][:1]
    rows = [item for item in seed.items if item.kind is Kind.CATALOGUE]
    page = rows[0].source_url.partition("#")[0]
    chosen += [row for row in rows if row.source_url.startswith(page)]
    ids = {item.id for item in chosen}
    items = tuple(
        sealed(
            msgspec.structs.replace(
                item, links=tuple(link for link in item.links if link.target in ids)
            )
        )
        for item in chosen
    )
    urls = {file.url for item in items for file in item.attachments}
    texts = {url: text for url, text in seed.attachment_texts.items() if url in urls}
    return Seed(items=items, names={}, attachment_texts=texts)


def serve(seed):
    return PortalServer(seed, font_path())


@contextmanager
def reading(server, folder, **options):
    """A website adapter on this server, its memory in a folder."""
    options = {"url": server.url, "limits": QUICK} | options
    website = Website(SITE, folder / "portal.db", **options)
    try:
        yield website
    finally:
        website.close()


def bare(item):
    return msgspec.structs.replace(item, seen_at=None)
