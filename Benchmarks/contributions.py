#!/usr/bin/env python3
"""Explains rows with shap's TreeExplainer, as told on standard input; the benchmarks run it beside Slipway.

    contributions.py FOLDER ROWS

FOLDER is a model that models.py made: model.txt of LightGBM, or model.json of XGBoost. A line of input is a request:
    batch N        explain all rows in one call, N times
    row INDEX      explain one row in one call
    answers FILE   write the contributions and the expected score of every row, as little-endian float64
and each is answered by a line with the processor time of all calls so far, in seconds.

For a model of LightGBM or XGBoost, TreeExplainer calls that library's own code. That is measured through the library
itself, so here shap's own C code does the work.

Needs: the packages of dev/references/requirements.txt
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import json
import pathlib
import sys
import time
import warnings

import numpy
import shap


def explainer(folder):
    if (folder / "model.txt").exists():
        import lightgbm

        model = lightgbm.Booster(model_file=folder / "model.txt")
    elif (folder / "model.json").exists():
        import xgboost

        model = xgboost.Booster(model_file=folder / "model.json")
    else:
        sys.exit("there is no model that shap reads")
    found = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    found.model.model_type = "internal"
    return found


class Rows:
    """The rows and what explains them, with the time that it takes."""

    def __init__(self, folder, count):
        width = sum(field["width"] for field in json.loads((folder / "about.json").read_text())["inputs"])
        cells = numpy.fromfile(folder / "rows.f32", dtype="<f4").reshape(-1, width)[:count]
        self.explainer, self.rows, self.seconds = explainer(folder), cells.astype(numpy.float64), 0.0

    def explain(self, rows):
        started = time.process_time()
        values = self.explainer.shap_values(rows, check_additivity=False)
        self.seconds += time.process_time() - started
        return values

    def answers(self):
        """One line per row: the contributions and the expected score, for the class with the largest score."""
        values, base = self.explain(self.rows), numpy.atleast_1d(self.explainer.expected_value)
        if values.ndim == 2:
            values = values[:, :, None]
        best = (values.sum(axis=1) + base).argmax(axis=1)
        chosen = numpy.take_along_axis(values, best[:, None, None], axis=2)[:, :, 0]
        return numpy.column_stack([chosen, base[best]])

    def obey(self, request, argument):
        if request == "answers":
            self.answers().astype("<f8").tofile(argument)
            return
        if request == "row":
            self.explain(self.rows[int(argument) : int(argument) + 1])
            return
        for _ in range(int(argument)):
            self.explain(self.rows)


def main():
    warnings.filterwarnings("ignore")
    rows = Rows(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
    for line in sys.stdin:
        request, argument = line.split(maxsplit=1)
        rows.obey(request, argument.strip())
        print(rows.seconds, flush=True)


if __name__ == "__main__":
    main()
