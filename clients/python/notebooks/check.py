"""Runs the notebooks against a server of their own, and looks at what they show.

    check.py RABTA          runs them all; RABTA is the program
    check.py RABTA --sync   writes the .ipynb files anew from the .py files first

A notebook is written as text (NAME.py, jupytext's percent format) and kept beside it as NAME.ipynb without outputs. Running it has to
raise nothing, warn of nothing, and show the figures and tables that it is about.
"""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys

import jupytext
import nbclient
import nbformat

HERE = pathlib.Path(__file__).parent
#: the least number of figures and of tables that each shows
SHOWS = {
    "01_first_look": (1, 2),
    "02_allies_of_is_k": (1, 3),
    "03_ksm_and_mastung": (1, 3),
    "04_one_incident": (1, 3),
    "05_centrality_and_doubt": (2, 1),
    "06_two_dates": (1, 2),
    "07_casualties": (3, 2),
    "08_your_own_spreadsheet": (0, 3),
    "09_counts_and_sums": (4, 7),
}


def serve(program: str) -> tuple[subprocess.Popen[str], str]:
    """A server that forgets everything when it ends, and its address."""
    server = subprocess.Popen([program, "serve", "--store", "memory:", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert server.stdout
    for line in server.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+(?=/readyz)", line)
        if found:
            return server, found[0]
    raise SystemExit("the server ended before it was ready")


def written(name: str) -> nbformat.NotebookNode:
    """The notebook that the text is; its cells are numbered, so that the same text gives the same file."""
    book = jupytext.read(HERE / f"{name}.py")
    for i, cell in enumerate(book.cells):
        cell["id"] = f"cell-{i}"
    book.metadata = {"kernelspec": book.metadata["kernelspec"], "language_info": {"name": "python"}}
    return book


def run(name: str, address: str) -> list[str]:
    """What is wrong with a notebook."""
    book = written(name)
    kept = HERE / f"{name}.ipynb"
    wrong = (
        []
        if kept.exists() and kept.read_text() == nbformat.writes(book) + "\n"
        else [f"{kept.name} is not what {name}.py gives: run check.py RABTA --sync"]
    )
    runner = nbclient.NotebookClient(book, timeout=180, kernel_name="python3", resources={"metadata": {"path": str(HERE)}})
    try:
        runner.execute(env={**os.environ, "RABTA_URL": address})
    except nbclient.exceptions.CellExecutionError as error:
        return [*wrong, str(error)]
    outputs = [o for cell in book.cells for o in cell.get("outputs", ())]
    wrong += [f"a warning: {o['text']}" for o in outputs if o.get("name") == "stderr"]
    kinds = [o["data"] for o in outputs if "data" in o]
    figures, tables = sum("image/png" in d for d in kinds), sum("<table" in d.get("text/html", "") for d in kinds)
    least = SHOWS[name]
    if figures < least[0] or tables < least[1]:
        wrong.append(f"shows {figures} figures and {tables} tables, not {least[0]} and {least[1]}")
    wrong += ["shows a script, which does not live in a saved page" for d in kinds if "<script" in d.get("text/html", "")]
    return wrong


def main() -> None:
    names = sorted(p.stem for p in HERE.glob("[0-9]*.py"))
    if names != sorted(SHOWS):
        raise SystemExit(f"there are {names}, and {sorted(SHOWS)} are expected")
    if "--sync" in sys.argv:
        for name in names:
            (HERE / f"{name}.ipynb").write_text(nbformat.writes(written(name)) + "\n")
    bad = 0
    for name in names:
        server, address = serve(sys.argv[1])
        try:
            wrong = run(name, address)
        finally:
            server.terminate()
            server.wait()
        print(f"{name}: {'; '.join(wrong) or 'ok'}", flush=True)
        bad += bool(wrong)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
