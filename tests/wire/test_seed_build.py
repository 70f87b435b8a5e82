import pytest

from content_cache import release
from content_cache.errors import ReleaseError
from content_cache.library import open_library
from content_cache.results import Source
from content_cache.seed import build as seed_build


@pytest.fixture(autouse=True)
def caches(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr(seed_build, "SHIPPED", tmp_path / "shipped")


def test_without_a_shipped_release_one_is_built_for_this_user(tmp_path):
    root = seed_build.seed_root()
    assert root.parent == tmp_path / "caches" / "disclosure-kiosk"
    assert release.verify(root, 1).source is Source.SEED
    assert seed_build.seed_root() == root


def test_a_shipped_release_of_the_present_seed_is_used(tmp_path):
    seed_build.build(tmp_path / "shipped")
    assert seed_build.seed_root() == tmp_path / "shipped"


def test_a_shipped_release_of_another_seed_is_not_used(tmp_path):
    seed_build.build(tmp_path / "shipped")
    (tmp_path / "shipped" / "seed.sha256").write_text("another")
    assert seed_build.seed_root() != tmp_path / "shipped"


def test_building_again_replaces_what_was_there(tmp_path):
    root = tmp_path / "shipped"
    (root / "releases").mkdir(parents=True)
    (root / "rubbish").write_text("x")
    seed_build.build(root)
    assert not (root / "rubbish").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["shipped"]


def test_a_new_kiosk_shows_the_seed(tmp_path):
    library = open_library(tmp_path / "content")
    assert library.age().source is Source.SEED
    assert library.search("低保").total > 0


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReleaseError, match="自带内容"):
        seed_build.build(tmp_path / "file" / "root")
