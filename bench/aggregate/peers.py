"""CPU seconds of pandas for the questions that come in, a line each, on the frame of an exported table of links."""

import json
import sys
import time

import pandas as pd

from rabta import _tables

path = sys.argv[1]


def frame():
    with open(path, "rb") as file:
        return _tables.links(file)


links = frame()


def counted(table, keys):
    return table.groupby(keys, observed=True).size()


def by_source():
    return counted(links[["sources", "kind"]].explode("sources"), ["sources", "kind"])


def by_others():
    ends = pd.concat([links[["source", "kind"]].set_axis(["end", "kind"], axis=1), links[["target", "kind"]].set_axis(["end", "kind"], axis=1)])
    return counted(ends, ["end", "kind"])


QUESTIONS = {
    "KIND HEDGE": lambda: counted(links, ["kind", "hedge"]),
    "SOURCE KIND": by_source,
    "OTHERS KIND": by_others,
}

for line in sys.stdin:
    asked = line.strip()
    run = QUESTIONS.get(asked, frame)
    start, times = time.process_time(), 0
    while time.process_time() - start < 0.05:
        found = run()
        times += 1
    seconds = (time.process_time() - start) / times
    rows = {"|".join(key): int(n) for key, n in found.items()} if asked in QUESTIONS else {}
    print(json.dumps({"seconds": seconds, "rows": rows}), flush=True)
