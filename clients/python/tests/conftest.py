"""Real servers for the tests: the program is built once, and serves each store on a free port of this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rabta import Client

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
MISSING = 3  # what scripts/neo4j ends with where a tool is not installed


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built from this checkout."""
    path = tmp_path_factory.mktemp("program") / "rabta"
    subprocess.run(["go", "build", "-o", path, "./cmd/rabta"], cwd=ROOT, check=True)
    return path


@contextmanager
def serving(program: Path, folder: Path, *arguments: str, **environment: str) -> Iterator[str]:
    """The address of a server with the seeds, until the block ends."""
    said: list[str] = []
    process = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1:0", *arguments],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        for line in process.stdout:
            said.append(line)
            if found := ADDRESS.search(line):
                drain = threading.Thread(target=process.stdout.read, daemon=True)
                drain.start()
                try:
                    yield found.group()
                finally:
                    process.send_signal(signal.SIGTERM)
                    drain.join()
                return
        pytest.fail(f"the server ended before it gave its address:\n{''.join(said)}")
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@contextmanager
def neo4j() -> Iterator[dict[str, str]]:
    """A fresh Neo4j, as variables of the environment. Without the tools for it the tests are left out, but not in CI."""
    script, name = ROOT / "scripts" / "neo4j", f"python-client-{os.getpid()}"
    started = subprocess.run([script, "start", name, "--owner", str(os.getpid())], capture_output=True, text=True, check=False)
    if started.returncode == MISSING and os.environ.get("CI") != "true":
        pytest.skip(started.stderr.strip().splitlines()[-1])
    assert started.returncode == 0, started.stderr
    try:
        yield dict(line.split("=", 1) for line in started.stdout.split())
    finally:
        subprocess.run([script, "stop", name], capture_output=True, check=True)


@pytest.fixture(scope="session", params=["sqlite", "neo4j"])
def url(request: pytest.FixtureRequest, program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the seeds on one of the stores."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        with serving(program, folder, "--store", f"sqlite:{folder}/graph.db") as address:
            yield address
        return
    with neo4j() as database:
        password = {"RABTA_NEO4J_PASSWORD": database["NEO4J_PASSWORD"]}
        arguments = ("--store", database["NEO4J_URI"], "--neo4j-username", database["NEO4J_USERNAME"])
        with serving(program, folder, *arguments, **password) as address:
            yield address


@pytest.fixture(scope="session")
def c(url: str) -> Iterator[Client]:
    """A client of that server."""
    with Client(url) as client:
        yield client


@pytest.fixture
def scratch(program: Path, tmp_path: Path) -> Iterator[Client]:
    """A client of an empty server, to record into."""
    with serving(program, tmp_path, "--store", "memory:", "--seeds=false") as address, Client(address) as client:
        yield client


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what the documents' recipes print into the documents")
