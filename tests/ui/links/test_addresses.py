"""Under which address the page stands: its path, its hosts, the address that the world knows."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import pytest
import streamlit as st

from model import InputError
from ui.links.addresses import URL, base_path, is_allowed, is_host, page_address, plotly_address, public_address


def option(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    """Streamlit's options of the server, set anew."""
    true = st.get_option
    monkeypatch.setattr(st, "get_option", lambda key: values.get(key.removeprefix("server."), true(key)))


@pytest.mark.parametrize(("given", "path"), [("", ""), ("/", ""), ("a", "/a"), ("/a/", "/a"), ("a/b", "/a/b")])
def test_the_base_path_is_empty_or_a_slash_and_a_name(given: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    option(monkeypatch, baseUrlPath=given)
    assert base_path() == path
    assert plotly_address() == f"{path}/assets/plotly-{version('plotly')}.min.js"


@pytest.mark.parametrize(
    ("host", "known"),
    [("a", True), ("a.b-c_d.org", True), ("a.org.", True), ("a.org:1", True), ("a.org:65535", True), ("[::1]", True),
     ("[::1]:80", True), ("x" * 255, True), ("x" * 256, False), ("a.org:0", False), ("a.org:65536", False),
     ("a.org:", False), ("", False), ("-a", False), ("a-", False), ("a..", False), ("[1:2]", False), ("[::1", False),
     ("a b", False), ("a@b", False), ("жук.org", False)],
)  # fmt: skip
def test_what_is_a_host(host: str, known: bool) -> None:
    assert is_host(host) is known


@pytest.mark.parametrize(
    ("patterns", "host", "allowed"),
    [([], "any.org", True), (["a.org"], "a.org", True), (["a.org"], "A.org:80", True), (["A.org."], "a.org", True),
     (["a.org"], "b.a.org", False), (["*.a.org"], "b.a.org", True), (["*.a.org"], "a.org", False),
     (["*.a.org"], "ba.org", False), (["*"], "any.org", True), (["a.org", "b.org"], "b.org", True)],
)  # fmt: skip
def test_which_hosts_streamlits_setting_allows(
    patterns: list[str], host: str, allowed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    option(monkeypatch, allowedHosts=patterns)
    assert is_allowed(host) is allowed


SCOPE: dict[str, Any] = {
    "type": "http", "scheme": "https", "server": ("10.0.0.1", 8501), "path": "/x", "query_string": b"a=b",
    "headers": [(b"host", b"think.example:8443")],
}  # fmt: skip


def test_the_public_address_goes_before_the_host_of_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(URL, raising=False)
    assert public_address() == ""
    assert page_address(SCOPE) == "https://think.example:8443"
    option(monkeypatch, baseUrlPath="tri")
    assert page_address(SCOPE) == "https://think.example:8443/tri"
    monkeypatch.setenv(URL, " http://known.example/t/ ")
    assert public_address() == page_address(SCOPE) == "http://known.example/t"


@pytest.mark.parametrize(
    "text", ["ftp://a.org", "a.org", "https://a.org?x", "https://a.org/b?c", "https:///x", "//a.org"]
)
def test_a_public_address_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, text)
    with pytest.raises(InputError, match=r"is “.*”, but it must be the address of the page, such as https://"):
        public_address()
