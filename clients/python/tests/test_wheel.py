"""The wheel that a server hands out works where nothing else is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest
from conftest import ROOT

import rabta

(WHEEL,) = (ROOT / "clients" / "python" / "dist").glob("*.whl")
ASK = """
import sys
from rabta import Client, MissingPackage
c = Client()
net = c.neighbourhood("ttp")
assert len(net.links) > 20 and "<img" in net._repr_html_() and "[1]" in net.cite()
assert net.show() is net
assert c.paths("lej", "Afghan Taliban").paths and c.export("links.csv", "links.csv") == c.revision().links
missing = [net.edges_df, net.to_networkx, net.to_igraph, net.to_geodataframe, net.edges_polars, c.links_df, c.links_polars]
for ask in missing:
    try:
        ask()
    except MissingPackage as e:
        assert "pip install" in str(e)
    else:
        raise AssertionError(ask)
print(sorted(m for m in ("pandas", "networkx", "numpy", "IPython") if m in sys.modules))
"""


def test_what_is_in_it() -> None:
    with zipfile.ZipFile(WHEEL) as z:
        names = z.namelist()
        metadata = z.read(f"rabta-{rabta.__version__}.dist-info/METADATA").decode()
    assert "rabta/py.typed" in names
    assert "rabta/_generated/client.py" in names
    assert not [n for n in names if not n.startswith(("rabta/", f"rabta-{rabta.__version__}.dist-info/"))]
    assert not [n for n in names if n.endswith((".pyc", ".graphql"))]
    needed = [line for line in metadata.splitlines() if line.startswith("Requires-Dist:") and "extra ==" not in line]
    assert needed == ["Requires-Dist: httpx<1,>=0.28", "Requires-Dist: pydantic<3,>=2.8"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_commands_of_the_readme(url: str, tmp_path: Path) -> None:
    """Installed by the address of the README, with the two packages that it needs, and nothing of this checkout."""
    readme = (ROOT / "clients" / "python" / "README.md").read_text("utf-8")
    (address,) = {word for word in readme.split() if word.startswith("http://127.0.0.1:8420/clients/python/")}
    address = address.rstrip("'").replace("http://127.0.0.1:8420", url)
    assert httpx.get(address).content == WHEEL.read_bytes()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "CONDA"))}
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "venv"], cwd=tmp_path, check=True)
    pins = ROOT / "clients" / "python" / "requirements.txt"
    names = tmp_path / "pins.txt"
    names.write_text("".join(line.split(" ")[0] + "\n" for line in pins.read_text("utf-8").splitlines() if "==" in line))
    subprocess.run(
        [uv, "pip", "install", "-q", "--no-config", "--python", "venv/bin/python", "-c", names, f"rabta @ {address}"],
        cwd=tmp_path,
        env=clean,
        check=True,
    )
    environment = clean | {"RABTA_URL": url}
    command = ["venv/bin/python", "-I", "-W", "error", "-c", ASK]
    asked = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (asked.returncode, asked.stdout) == (0, "[]\n"), asked.stderr


def test_the_version_is_said_once_alike() -> None:
    settings = (ROOT / "clients" / "python" / "pyproject.toml").read_text("utf-8")
    assert f'version = "{rabta.__version__}"' in settings
    assert WHEEL.name == f"rabta-{rabta.__version__}-py3-none-any.whl"
