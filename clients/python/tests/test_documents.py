"""What the documents show is what happens."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from conftest import ROOT

from rabta import Client

BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", ["docs/python.md", "clients/python/README.md"])
def test_recipes(url: str, document: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each block is run after those before it, and prints what the document says that it prints."""
    monkeypatch.setenv("RABTA_URL", url)
    monkeypatch.chdir(tmp_path)
    text = (ROOT / document).read_text("utf-8")
    names: dict[str, object] = {}
    blocks = list(BLOCK.finditer(text))
    assert blocks
    try:
        for block in blocks:
            text = ran(block, text, document, names, request.config.getoption("--update"))
    finally:
        client = names["c"]
        assert isinstance(client, Client)
        client.close()
    if request.config.getoption("--update"):
        (ROOT / document).write_text(text, "utf-8")


def ran(block: re.Match[str], text: str, document: str, names: dict[str, object], update: bool) -> str:
    """Runs a block, and gives the text with what it prints."""
    code, expected = block.groups()
    line = block.string[: block.start()].count("\n") + 2
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("\n" * (line - 1) + code, document, "exec"), names)
    if expected is None:
        return text
    if not update:
        assert printed.getvalue() == expected, f"{document}:{line}; if the answer is right: scripts/python check --update"
    return text.replace(block.group(), block.group().removesuffix(expected + "```") + printed.getvalue() + "```")
