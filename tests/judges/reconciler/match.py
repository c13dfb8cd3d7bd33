"""Matches a column of names with the client reconciler, and prints what it found as JSON."""

import sys

import pandas
from reconciler import reconcile

names = pandas.Series(["Khaled Sheikh Muhamad", "Lashkar-e-Jhangvi"])
print(reconcile(names, top_res=1, reconciliation_endpoint=sys.argv[1]).to_json(orient="records"))
