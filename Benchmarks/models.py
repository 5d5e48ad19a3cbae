#!/usr/bin/env python3
"""Trains the models that the benchmarks run, each in every form that a contender reads.

    models.py FOLDER [NAME ...]     makes what is missing; all models when no name is given

A model is a folder FOLDER/NAME/ with
    model.onnx       what Slipway and ONNX Runtime read
    model.txt        LightGBM's own form, where LightGBM trained it
    model.json       XGBoost's own form, where XGBoost trained it
    model.ubj        the same in UBJSON
    compiled.so      the C code that TL2cgen writes for the same trees, compiled
    rows.f32         the rows of all runs: float32, row after row, one value per column; a text is the number of its category
    about.json       the title, the inputs in the order of the columns, the number of trees and of the splits that a row
                     passes, or of products with coefficients, and the seconds to compile

Everything is drawn from fixed seeds, so two machines with the same versions measure the same models.
Needs: the packages of dev/references/requirements.txt, and gcc
"""

import json
import pathlib
import sys
import time
import warnings

import lightgbm
import numpy
import onnxmltools
import pandas
import tl2cgen
import treelite
import xgboost
from onnxmltools.convert.common.data_types import FloatTensorType as ToolsFloatTensorType
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn import compose, ensemble, linear_model, neural_network, pipeline, preprocessing

ROWS = 10_000
TRAINING_ROWS = 20_000
SAMPLED_ROWS = 1_000
OPSETS = {"": 15, "ai.onnx.ml": 3}


def numbers(seed, features, rows):
    return numpy.random.default_rng(seed).standard_normal((rows, features)).astype(numpy.float32)


def target(x, seed):
    """A smooth target with interactions and noise, so that trees keep finding something to split."""
    noise = numpy.random.default_rng(seed + 1).standard_normal(len(x)) * 0.3
    waves = numpy.sin(x[:, 0] * 2) + x[:, 1] * x[:, 2] + numpy.abs(x[:, 3]) - (x[:, 4] > 0.5) * x[:, 5]
    return waves + x[:, 6:].sum(axis=1) * 0.1 + noise


def training_set(seed, features, classes=0):
    """Features and a target; with classes, the target's place among its own quantiles."""
    x = numbers(seed, features, TRAINING_ROWS)
    y = target(x, seed)
    if classes:
        y = numpy.searchsorted(numpy.quantile(y, numpy.linspace(0, 1, classes + 1)[1:-1]), y)
    return x, y


def splits_per_row(graph, rows):
    """How many splits a row passes on its way through all trees, the mean over some rows."""
    node = next(node for node in graph.node if node.op_type.startswith("TreeEnsemble"))
    lists = {entry.name: list(entry.ints or entry.floats or entry.strings) for entry in node.attribute}
    ids = list(zip(lists["nodes_treeids"], lists["nodes_nodeids"]))
    places = {key: place for place, key in enumerate(ids)}

    def children(name):
        targets = lists[f"nodes_{name}nodeids"]
        return numpy.array([places.get((tree, child), 0) for (tree, _), child in zip(ids, targets)])

    below, above = children("true"), children("false")
    modes = numpy.array(lists["nodes_modes"])
    leaf, strict = modes == b"LEAF", modes == b"BRANCH_LT"
    assert set(modes) <= {b"LEAF", b"BRANCH_LT", b"BRANCH_LEQ"}
    features = numpy.array(lists["nodes_featureids"])
    thresholds = numpy.array(lists["nodes_values"], dtype=numpy.float32)
    roots = sorted(set(range(len(ids))) - set(below[~leaf]) - set(above[~leaf]))
    count, lines = 0, numpy.arange(len(rows))[:, None]
    at = numpy.tile(roots, (len(rows), 1))
    while not leaf[at].all():
        count += (~leaf[at]).sum()
        cells, limits = rows[lines, features[at]], thresholds[at]
        onward = numpy.where(numpy.where(strict[at], cells < limits, cells <= limits), below[at], above[at])
        at = numpy.where(leaf[at], at, onward)
    return round(float(count) / len(rows), 1)


class Folder:
    """Where the forms of one model go."""

    def __init__(self, path, name):
        self.path, self.about = path / name, {"name": name}
        self.path.mkdir(parents=True, exist_ok=True)

    def onnx(self, model):
        model.graph.name = self.about["name"]  # The converters draw a random one.
        self.graph = model.graph
        (self.path / "model.onnx").write_bytes(model.SerializeToString())

    def rows(self, rows, inputs=None):
        rows.astype("<f4").tofile(self.path / "rows.f32")
        self.sample = rows[:SAMPLED_ROWS]
        self.about["inputs"] = inputs or [{"name": "X", "width": rows.shape[1]}]

    def compiled(self, model):
        """TL2cgen's code, compiled; the time it took belongs to what this contender costs."""
        started = time.monotonic()
        # In sixteen files, for one function with all trees takes the compiler hours.
        tl2cgen.export_lib(
            model, toolchain="gcc", libpath=self.path / "compiled.so", params={"parallel_comp": 16}, nthread=2)
        self.about["compile_seconds"] = round(time.monotonic() - started, 1)

    def finish(self, title, trees=None, products=None):
        self.about |= {"title": title, "trees": trees, "products": products}
        if trees:
            self.about["splits"] = splits_per_row(self.graph, self.sample)
        (self.path / "about.json").write_text(json.dumps(self.about, indent=2) + "\n")


def light(folder, model, seed, features, classes, title):
    x, y = training_set(seed, features, classes)
    model.fit(x, y)
    model.booster_.save_model(folder.path / "model.txt")
    folder.onnx(
        onnxmltools.convert_lightgbm(
            model, initial_types=[("X", ToolsFloatTensorType([None, features]))], target_opset=15, zipmap=False))
    folder.rows(numbers(seed + 100, features, ROWS))
    folder.compiled(treelite.frontend.load_lightgbm_model(folder.path / "model.txt"))
    folder.finish(title, model.booster_.num_trees())


LIGHT = {"verbose": -1, "n_jobs": 2, "deterministic": True, "force_row_wise": True, "random_state": 7}


def headline(folder):
    model = lightgbm.LGBMRegressor(n_estimators=500, num_leaves=31, **LIGHT)
    light(folder, model, 1, 20, 0, "LightGBM regressor, 500 trees x 31 leaves, 20 features")


def shallow(folder):
    model = lightgbm.LGBMRegressor(n_estimators=200, num_leaves=8, max_depth=3, **LIGHT)
    light(folder, model, 2, 20, 0, "LightGBM regressor, 200 trees of depth 3, 20 features")


def multiclass(folder):
    model = lightgbm.LGBMClassifier(n_estimators=100, num_leaves=31, **LIGHT)
    light(folder, model, 3, 20, 5, "LightGBM classifier, 5 classes, 500 trees x 31 leaves, 20 features")


def boosted(folder):
    features = 30
    x, y = training_set(4, features, 2)
    model = xgboost.XGBClassifier(n_estimators=300, max_depth=6, learning_rate=0.1, n_jobs=2, random_state=7)
    model.fit(x, y)
    for ending in "json", "ubj":
        model.get_booster().save_model(folder.path / f"model.{ending}")
    folder.onnx(
        onnxmltools.convert_xgboost(
            model, initial_types=[("X", ToolsFloatTensorType([None, features]))], target_opset=15))
    folder.rows(numbers(104, features, ROWS))
    folder.compiled(treelite.frontend.load_xgboost_model(folder.path / "model.json"))
    folder.finish("XGBoost classifier, 300 trees of depth 6, 30 features", 300)


def forest(folder):
    features = 20
    x, y = training_set(5, features)
    model = ensemble.RandomForestRegressor(100, max_leaf_nodes=1000, max_features=0.5, n_jobs=2, random_state=7)
    model.fit(x, y)
    folder.onnx(
        convert_sklearn(model, initial_types=[("X", FloatTensorType([None, features]))], target_opset=OPSETS))
    folder.rows(numbers(105, features, ROWS))
    folder.compiled(treelite.sklearn.import_model(model))
    folder.finish("random forest, 100 trees x 1,000 leaves, 20 features", 100)


def logistic(folder):
    columns, names = 8, {"plan": 3, "region": 12, "device": 6, "channel": 25}
    categories = {name: [f"{name} {index}" for index in range(count)] for name, count in names.items()}

    def codes(seed, rows):
        random = numpy.random.default_rng(seed)
        return numpy.stack([random.integers(0, count, rows) for count in names.values()], axis=1)

    x, chosen = numbers(6, columns, TRAINING_ROWS), codes(6, TRAINING_ROWS)
    y = target(x, 6) + chosen[:, 0] - chosen[:, 1] / 6 > 0.5
    frame = pandas.DataFrame(x, columns=[f"number_{index}" for index in range(columns)])
    for index, (name, choices) in enumerate(categories.items()):
        frame[name] = numpy.array(choices, dtype=object)[chosen[:, index]]
    numeric = list(frame.columns[:columns])
    model = pipeline.make_pipeline(
        compose.ColumnTransformer([
            ("scaled", preprocessing.StandardScaler(), numeric),
            ("encoded", preprocessing.OneHotEncoder(handle_unknown="ignore"), list(names)),
        ]),
        linear_model.LogisticRegression(max_iter=500))
    model.fit(frame, y.astype(numpy.int64))
    types = [(name, FloatTensorType([None, 1])) for name in numeric]
    types += [(name, StringTensorType([None, 1])) for name in names]
    folder.onnx(
        convert_sklearn(model, initial_types=types, target_opset=OPSETS, options={id(model): {"zipmap": False}}))
    folder.rows(
        numpy.concatenate([numbers(106, columns, ROWS), codes(106, ROWS)], axis=1),
        [{"name": name, "width": 1} for name in numeric]
        + [{"name": name, "width": 1, "categories": choices} for name, choices in categories.items()])
    folder.finish(
        "scaler, one-hot and logistic regression, 8 numbers and 4 texts", products=columns + sum(names.values()))


def network(folder):
    features = 20
    x, y = training_set(7, features, 2)
    model = pipeline.make_pipeline(
        preprocessing.StandardScaler(), neural_network.MLPClassifier((64, 32), max_iter=20, random_state=7))
    model.fit(x, y)
    folder.onnx(
        convert_sklearn(
            model, initial_types=[("X", FloatTensorType([None, features]))], target_opset=OPSETS,
            options={id(model): {"zipmap": False}}))
    folder.rows(numbers(107, features, ROWS))
    folder.finish("neural network 20-64-32-1", products=features * 64 + 64 * 32 + 32)


MODELS = {
    "headline": headline, "shallow": shallow, "multiclass": multiclass, "boosted": boosted, "forest": forest,
    "logistic": logistic, "network": network,
}


def main():
    warnings.filterwarnings("ignore")
    root = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:] or MODELS:
        if (root / name / "about.json").exists():
            continue
        print(f"making {name}", flush=True)
        MODELS[name](Folder(root, name))


if __name__ == "__main__":
    main()
