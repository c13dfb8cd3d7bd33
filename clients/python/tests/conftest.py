"""Real servers for the tests: the program is built once, and serves on a free port of this machine."""

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


@pytest.fixture(scope="session")
def url(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the seeds. On which store is the same to a client: the tests of the server hold each to the same bytes."""
    folder = tmp_path_factory.mktemp("served")
    with serving(program, folder, "--store", f"sqlite:{folder}/graph.db") as address:
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
