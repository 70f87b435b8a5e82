import pytest

from kiosk.config import Config, load
from kiosk.errors import ConfigError


def config_of(folder, text):
    path = folder / "kiosk.toml"
    path.write_text(text, "utf-8")
    return load(path)


def refusal(folder, text):
    with pytest.raises(ConfigError) as caught:
        config_of(folder, text)
    assert "kiosk.toml" in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_no_file_is_needed():
    config = load(None)
    assert config == Config()
    assert config.desk is None
    assert config.receipt_printer is None


def test_an_empty_file_is_all_defaults(tmp_path):
    assert config_of(tmp_path, "") == Config()


def test_relative_paths_are_relative_to_the_file(tmp_path):
    text = """
        [content]
        root = "content"
        [state]
        folder = "/var/lib/kiosk"
        [portal]
        profile = "our-site.toml"
        [receipt_printer]
        port = "/dev/ttyUSB0"
        profile = "our-printer.toml"
    """
    config = config_of(tmp_path, text)
    assert config.content_root == tmp_path / "content"
    assert str(config.state_folder) == "/var/lib/kiosk"
    assert config.portal.profile == str(tmp_path / "our-site.toml")
    assert config.receipt_printer is not None
    assert config.receipt_printer.profile == str(tmp_path / "our-printer.toml")


def test_a_built_in_profile_keeps_its_name(tmp_path):
    assert config_of(tmp_path, '[portal]\nprofile = "trs"').portal.profile == "trs"


def test_state_is_kept_where_this_user_keeps_state(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert Config().content_root == tmp_path / "disclosure-kiosk" / "content"
    assert Config().state_folder == tmp_path / "disclosure-kiosk"


def test_orientation_follows_from_the_panel(tmp_path):
    assert Config().screen.orientation == "portrait"
    wide = config_of(tmp_path, "[screen]\nwidth = 1920\nheight = 1080")
    assert wide.screen.orientation == "landscape"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[site]\ntitel = "x"', ("[site]", "titel", "title")),
        ("[sight]\na = 1", ("sight", "site")),
        ('[screen]\nwidth = "wide"', ("screen.width", "整数")),
        ("[screen]\nwidth = 10", ("screen.width", "320")),
        ("[screen]\nfullscreen = 1", ("screen.fullscreen", "true")),
        ("[session]\nidle_s = 0", ("session.idle_s", "0")),
        ("[desk]", ("[desk]", "url")),
        ('[desk]\nurl = "ftp://x"', ("desk.url", "http://")),
        ('[portal]\nurl = "http://x/path"', ("portal.url", "不带路径")),
        ('[site]\nmachine = "一号"', ("site.machine", "字母或数字")),
        ('[site]\ntitle = ""', ("site.title", "不能为空")),
        ("[content]\nroot = 3", ("content.root", "文字")),
        ("site = 3", ("site", "一节")),
        ("[receipt_printer]", ("[receipt_printer]", "port")),
        ("x = ", ("TOML",)),
    ],
)
def test_a_wrong_value_is_refused_by_key_and_expectation(tmp_path, text, named):
    words = refusal(tmp_path, text)
    assert all(name in words for name in named), words


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"没有配置文件 .*kiosk\.toml"):
        load(tmp_path / "kiosk.toml")


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "kiosk.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(tmp_path / "kiosk.toml")
