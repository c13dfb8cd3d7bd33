"""The wheel that a server hands out works where nothing else is installed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
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
tolls = c.aggregate("incidents", "YEAR")
assert tolls.rows() and "killed" in tolls._repr_html_()
missing = [tolls.to_df, net.edges_df, net.to_networkx, net.to_igraph, net.to_geodataframe, net.edges_polars, c.links_df, c.links_polars]
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


class Clean:
    """An environment of Python with nothing in it, and what is installed in it from a server."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "CONDA"))}
        self.environment = kept | {"RABTA_URL": url, "MPLBACKEND": "agg"}
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)

    def install(self, *packages: str) -> None:
        """Versions are those of the checks."""
        locked = (ROOT / "clients" / "python" / "requirements.txt").read_text("utf-8").splitlines()
        pins = self.folder / "pins.txt"
        pins.write_text("".join(line.split(" ")[0] + "\n" for line in locked if "==" in line))
        uv = Path(sys.executable).with_name("uv")
        command: list[str | Path] = [uv, "pip", "install", "-q", "--python", self.folder / "venv" / "bin" / "python", "-c", pins, *packages]
        subprocess.run(command, cwd=self.folder, env=self.environment, check=True)

    def run(self, program: str, *arguments: str | Path) -> str:
        command: list[str | Path] = [self.folder / "venv" / "bin" / program, *arguments]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def commands(url: str) -> list[list[str]]:
    """The commands of the README, for the server of the test."""
    readme = (ROOT / "clients" / "python" / "README.md").read_text("utf-8")
    (block,) = re.findall(r"^```text\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    return [shlex.split(line.replace("http://127.0.0.1:8420", url)) for line in block.splitlines()]


def test_nothing_else_is_needed(url: str, tmp_path: Path) -> None:
    """The package of the server's wheel works with the two packages that it names."""
    address = f"{url}/clients/python/{WHEEL.name}"
    assert httpx.get(address).content == WHEEL.read_bytes()
    clean = Clean(tmp_path, url)
    clean.install(f"rabta @ {address}")
    assert clean.run("python", "-I", "-W", "error", "-c", ASK) == "[]\n"


def test_two_commands_to_the_first_notebook(url: str, tmp_path: Path) -> None:
    """What the README installs runs the first notebook; in place of JupyterLab, which shows it, stands what runs it."""
    install, lab = commands(url)
    assert install[:4] == ["python3", "-m", "pip", "install"]
    assert lab == ["jupyter", "lab", "clients/python/notebooks"]
    packages = install[4:]
    assert "jupyterlab" in packages
    clean = Clean(tmp_path, url)
    clean.install(*[p for p in packages if p != "jupyterlab"], "nbclient", "ipykernel")
    notebooks = shutil.copytree(ROOT / "clients" / "python" / "notebooks", tmp_path / "notebooks")
    clean.run("python", "-m", "ipykernel", "install", "--sys-prefix", "--name", "python3")
    clean.run("jupyter", "execute", notebooks / "01_first_look.ipynb")


def test_the_version_is_said_once_alike() -> None:
    settings = (ROOT / "clients" / "python" / "pyproject.toml").read_text("utf-8")
    assert f'version = "{rabta.__version__}"' in settings
    assert WHEEL.name == f"rabta-{rabta.__version__}-py3-none-any.whl"
