#!/usr/bin/env python3
"""Writes small XGBoost models of every kind, with rows and XGBoost's own predictions for them.

Each case is a folder `Tests/Fixtures/xgboost/NAME/` with `model.json` or `model.ubj` as `Booster.save_model` wrote it,
and `case.json`: the rows, the margins (sums before the link) and the predictions, all numbers as hexadecimal floats.
The rows hold what models get wrong: missing values, thresholds and their neighbours in single precision, doubles that
round to a threshold, infinities, zeros of both signs, and categories that are unknown, negative, fractional, or huge.

Usage: xgboost_models.py [NAME ...]      (all cases when no name is given)
Needs: numpy pandas scikit-learn xgboost==3.2.0
"""

import json
import re
import shutil
import sys
from pathlib import Path

import numpy
import pandas
import xgboost

FOLDER = Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "xgboost"
FEATURES = 4
ROUNDS = 5
single = numpy.float32


def training_rows(seed=0, rows=240, missing=0.15):
    """Features, some of them missing, and a curved function of them."""
    generator = numpy.random.default_rng(seed)
    x = generator.normal(size=(rows, FEATURES)).astype(single)
    known = x.copy()
    x[generator.random(x.shape) < missing] = numpy.nan
    y = 2 * known[:, 0] - known[:, 1] * known[:, 2] + numpy.abs(known[:, 3]) + 0.2 * generator.normal(size=rows)
    return x, y


TARGETS = {
    "number": lambda y: y,
    "positive": lambda y: numpy.exp(y / 3),
    "share": lambda y: 1 / (1 + numpy.exp(-y)),
    "two": lambda y: (y > 0.5).astype(int),
    "three": lambda y: (y > 0).astype(int) + (y > 1.5),
    "several": lambda y: numpy.stack([y, -y, y * y], axis=1),
    "flags": lambda y: numpy.stack([y > 0, y > 1], axis=1).astype(int),
}


def numeric(objective, target, rounds=ROUNDS, missing=0.15, names=True, rows=240, **parameters):
    """A case whose features are numbers."""

    def make():
        x, y = training_rows(missing=missing, rows=rows)
        labels = TARGETS[target](y)
        named = [f"field {i}" for i in range(FEATURES)] if names else None
        data = xgboost.DMatrix(x, feature_names=named)
        if objective.startswith("rank"):
            data = xgboost.DMatrix(x, labels, qid=numpy.arange(len(x)) // 20, feature_names=named)
        elif objective == "survival:aft":
            data.set_float_info("label_lower_bound", labels)
            data.set_float_info("label_upper_bound", numpy.where(labels > 1, numpy.inf, labels))
        else:
            data.set_label(labels)
        settings = {"objective": objective, "max_depth": 3, "eta": 0.4, "seed": 7, **parameters}
        if target == "three":
            settings["num_class"] = 3
        booster = xgboost.train(settings, data, rounds)
        return booster, edges(booster, x)

    return make


def stopped(objective, target, **parameters):
    """A case that early stopping ended, with its best iteration in the model."""

    def make():
        x, y = training_rows(seed=3)
        labels = TARGETS[target](y)
        train = xgboost.DMatrix(x[:80], labels[:80])
        test = xgboost.DMatrix(x[80:], labels[80:])
        settings = {"objective": objective, "max_depth": 4, "eta": 1.0, "seed": 7, **parameters}
        booster = xgboost.train(
            settings, train, 40, evals=[(test, "test")], early_stopping_rounds=4, verbose_eval=False
        )
        assert booster.best_iteration < booster.num_boosted_rounds() - 1
        return booster, edges(booster, x)

    return make


def coded(count, onehot, objective="reg:squarederror", missing=0.1):
    """A case whose first two features are codes of categories."""

    def make():
        generator = numpy.random.default_rng(5)
        x, y = training_rows(seed=5, rows=400, missing=missing)
        codes = generator.integers(0, count, size=(len(x), 2)).astype(single)
        y = y + 2 * numpy.isin(codes[:, 0] % 7, [1, 2, 5]) - (codes[:, 1] % 3)
        x[:, :2] = numpy.where(generator.random(codes.shape) < missing, numpy.nan, codes)
        labels = (y > 0).astype(int) if objective.startswith("binary") else y
        types = ["c", "c", "float", "float"]
        data = xgboost.DMatrix(x, labels, feature_types=types, enable_categorical=True)
        settings = {"objective": objective, "max_depth": 4, "max_cat_to_onehot": onehot, "tree_method": "hist"}
        booster = xgboost.train(settings, data, ROUNDS)
        rows = [edges(booster, x)]
        for code in [-1, -0.4, -0.0, 0, 0.5, 1.999, 2, count - 1, count, 31, 32, 33, 63, 64, 999]:
            for feature in (0, 1):
                row = x[:1].astype(float).copy()
                row[0, feature] = code
                rows.append(row)
        for code in [1e7, 16777215, 16777216, 3e9, 1e30, numpy.inf, -numpy.inf]:
            row = x[1:2].astype(float).copy()
            row[0, :2] = code
            rows.append(row)
        return booster, numpy.concatenate(rows)

    return make


def framed(kind, objective="binary:logistic"):
    """A case trained on a data frame, whose categories XGBoost keeps in the model."""

    def make():
        generator = numpy.random.default_rng(9)
        x, y = training_rows(seed=9, rows=300)
        values = ["red", "green", "blue", "black-white", "a,b \"c\""] if kind == "text" else [10, 20, -5, 4000, 7]
        picked = generator.integers(0, 5, len(x))
        frame = pandas.DataFrame(
            {
                "size": x[:, 0],
                "colour": pandas.Categorical([values[i] for i in picked], categories=values),
                "weight": x[:, 1],
            }
        )
        frame.loc[generator.random(len(x)) < 0.1, "colour"] = numpy.nan
        y = y + 2 * numpy.isin(picked, [1, 3])
        labels = (y > 0.5).astype(int) if objective.startswith("binary") else y
        data = xgboost.DMatrix(frame, labels, enable_categorical=True)
        booster = xgboost.train({"objective": objective, "max_depth": 3, "max_cat_to_onehot": 2}, data, ROUNDS)
        return booster, frame[:40]

    return make


def older(make):
    """A case as XGBoost 1.7 would have written it."""

    def made():
        booster, rows = make()
        document = json.loads(bytes(booster.save_raw("json")))
        learner = document["learner"]
        document["version"] = [1, 7, 6]
        learner["learner_model_param"]["base_score"] = "2.5E-1"
        del learner["learner_model_param"]["num_target"]
        model = learner["gradient_booster"]["model"]
        del model["cats"], model["iteration_indptr"]
        for tree in model["trees"]:
            tree["default_left"] = [bool(flag) for flag in tree["default_left"]]
        text = json.dumps(document, indent=1)
        return xgboost.Booster(model_file=bytearray(text.encode())), rows, text

    return made


def leaves_only():
    """A case in which no split pays, so that all trees are a single leaf."""
    x, y = training_rows()
    booster = xgboost.train({"gamma": 1e9, "base_score": 0.25}, xgboost.DMatrix(x, y), 3)
    return booster, x[:6].astype(float)


def pruned():
    """A case with nodes that were cut off again."""
    x, y = training_rows(seed=11)
    booster = xgboost.train(
        {"tree_method": "exact", "max_depth": 5, "gamma": 6, "eta": 0.5}, xgboost.DMatrix(x, y), ROUNDS
    )
    return booster, edges(booster, x)


def deep():
    """A case with long paths and thresholds of all magnitudes, denormal ones among them."""
    generator = numpy.random.default_rng(13)
    x = (generator.normal(size=(300, FEATURES)) * 10.0 ** generator.integers(-42, 30, (300, FEATURES))).astype(single)
    y = numpy.sign(x[:, 0]) + (numpy.abs(x[:, 1]) < 1e-39) + generator.normal(size=300)
    booster = xgboost.train({"max_depth": 9, "eta": 0.7, "tree_method": "exact"}, xgboost.DMatrix(x, y), 3)
    return booster, edges(booster, x)


def thresholds(booster):
    """Feature and threshold of the first splits by numbers of each tree."""
    document = json.loads(bytes(booster.save_raw("json")))
    booster_part = document["learner"]["gradient_booster"]
    model = booster_part.get("gbtree", booster_part)["model"]
    for tree in model.get("trees", [])[:6]:
        found = 0
        for node, left in enumerate(tree["left_children"]):
            if left != -1 and tree["split_type"][node] == 0 and found < 3:
                found += 1
                yield tree["split_indices"][node], single(tree["split_conditions"][node])


def edges(booster, x):
    """Rows to predict, as doubles."""
    x = x.astype(float)
    rows = [x[:8]]
    for index, (feature, threshold) in enumerate(list(dict.fromkeys(thresholds(booster)))[:8]):
        below = numpy.nextafter(threshold, single(-numpy.inf))
        above = numpy.nextafter(threshold, single(numpy.inf))
        between = (float(threshold) + float(below)) / 2
        # A double just above half way rounds to the threshold, one just below to the neighbour.
        values = [threshold, below, above, numpy.nextafter(between, numpy.inf), numpy.nextafter(between, -numpy.inf)]
        for value in values:
            row = x[index : index + 1].copy()
            row[0, feature] = value
            rows.append(row)
    for feature in range(x.shape[1]):
        for value in (numpy.nan, numpy.inf, -numpy.inf, -0.0, 0.0):
            row = x[9:10].copy()
            row[0, feature] = value
            rows.append(row)
    rows.append(numpy.full((1, x.shape[1]), numpy.nan))
    return numpy.concatenate(rows)


OBJECTIVES = {
    "reg:squarederror": "number",
    "reg:squaredlogerror": "positive",
    "reg:logistic": "share",
    "reg:pseudohubererror": "number",
    "reg:absoluteerror": "number",
    "reg:quantileerror": "number",
    "reg:gamma": "positive",
    "reg:tweedie": "positive",
    "count:poisson": "positive",
    "survival:cox": "positive",
    "survival:aft": "positive",
    "binary:logistic": "two",
    "binary:logitraw": "two",
    "binary:hinge": "two",
    "multi:softmax": "three",
    "multi:softprob": "three",
    "rank:pairwise": "two",
    "rank:ndcg": "two",
    "rank:map": "two",
}

CASES = {}
for objective, target in OBJECTIVES.items():
    more = {"quantile_alpha": 0.3} if "quantile" in objective else {}
    CASES[objective.replace(":", "-")] = numeric(objective, target, **more)
for objective, target, base in [
    ("reg:squarederror", "number", 0.3),
    ("binary:logistic", "two", 0.3),
    ("binary:logistic", "two", 1e-9),
    ("count:poisson", "positive", 2.7),
    ("multi:softprob", "three", 0.3),
    ("reg:squarederror", "number", 0),
]:
    name = f"base-{objective.split(':')[1]}-{base}"
    CASES[name] = numeric(objective, target, base_score=base, names=False)
CASES |= {
    "no-missing": numeric("reg:squarederror", "number", missing=0),
    "mostly-missing": numeric("binary:logistic", "two", missing=0.7),
    "codes-one-hot": coded(6, 100),
    "codes-partition": coded(12, 1),
    "codes-many": coded(70, 4),
    "codes-binary": coded(40, 4, "binary:logistic"),
    "codes-no-missing": coded(9, 4, missing=0),
    "frame-texts": framed("text"),
    "frame-texts-regression": framed("text", "reg:squarederror"),
    "frame-numbers": framed("number"),
    "dart": numeric("reg:squarederror", "number", booster="dart", rate_drop=0.4, rounds=8),
    "dart-softprob": numeric("multi:softprob", "three", booster="dart", rate_drop=0.4),
    "dart-forest": numeric(
        "binary:logistic", "two", booster="dart", rate_drop=0.5, num_parallel_tree=2, subsample=0.7
    ),
    "forest": numeric(
        "reg:squarederror", "number", num_parallel_tree=6, subsample=0.6, colsample_bynode=0.7, eta=1.0, rounds=1
    ),
    "forest-softprob": numeric("multi:softprob", "three", num_parallel_tree=3, subsample=0.6, rounds=3),
    "linear": numeric("reg:squarederror", "number", booster="gblinear", updater="coord_descent", rounds=20),
    "linear-logistic": numeric("binary:logistic", "two", booster="gblinear", updater="coord_descent", rounds=20),
    "linear-softprob": numeric("multi:softprob", "three", booster="gblinear", updater="coord_descent", rounds=20),
    "linear-poisson": numeric("count:poisson", "positive", booster="gblinear", updater="coord_descent", rounds=20),
    "stopped": stopped("reg:squarederror", "number"),
    "stopped-softprob": stopped("multi:softprob", "three", num_class=3),
    "stopped-dart": stopped("binary:logistic", "two", booster="dart", rate_drop=0.3),
    "stopped-forest": stopped("binary:logistic", "two", num_parallel_tree=3, subsample=0.7),
    "quantiles": numeric("reg:quantileerror", "number", quantile_alpha=[0.1, 0.5, 0.9]),
    "targets": numeric("reg:squarederror", "several"),
    "flags": numeric("binary:logistic", "flags"),
    "vectors": numeric("reg:squarederror", "several", multi_strategy="multi_output_tree"),
    "vectors-softprob": numeric("multi:softprob", "three", multi_strategy="multi_output_tree"),
    "older": older(numeric("binary:logistic", "two")),
    "older-softprob": older(numeric("multi:softprob", "three", num_parallel_tree=2)),
    "no-rounds": numeric("binary:logistic", "two", rounds=0, base_score=0.2),
    "leaves-only": leaves_only,
    "pruned": pruned,
    "deep": deep,
}

IN_BOTH_FORMATS = {"codes-partition", "frame-texts", "dart-softprob", "linear"}


def answers(booster, rows):
    """XGBoost's margins and predictions; its in-place prediction takes infinities, but not all boosters."""
    attributes = booster.attributes()
    last = int(attributes["best_iteration"]) + 1 if "best_iteration" in attributes else 0
    if isinstance(rows, pandas.DataFrame):
        data = xgboost.DMatrix(rows, enable_categorical=True)
        return booster.predict(data, output_margin=True), booster.predict(data), rows
    config = json.loads(booster.save_config())["learner"]["gradient_booster"]["name"]
    if config != "gbtree":
        rows = rows[~numpy.isinf(rows).any(axis=1)]
        data = xgboost.DMatrix(rows, feature_names=booster.feature_names)
        kept = {} if config == "gblinear" else {"iteration_range": (0, last)}
        return booster.predict(data, output_margin=True, **kept), booster.predict(data, **kept), rows
    kept = {"iteration_range": (0, last), "validate_features": False}
    margin = booster.inplace_predict(rows, predict_type="margin", **kept)
    return margin, booster.inplace_predict(rows, **kept), rows


def spelled(value):
    """A cell as JSON holds it: a number as hexadecimal text behind an equals sign, a text as it is."""
    if isinstance(value, str):
        return value
    return "=" + re.sub(r"\.?0*p", "p", float(value).hex())


def table(values, rows):
    """Numbers, row by row."""
    return [[spelled(value) for value in row] for row in numpy.asarray(values, dtype=single).reshape(rows, -1)]


def write(name, make, as_json):
    """Writes one case."""
    booster, rows, *text = make()
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if text:
        (folder / "model.json").write_text(text[0], encoding="utf-8")
    else:
        for suffix in ("json", "ubj") if name in IN_BOTH_FORMATS else ("json",) if as_json else ("ubj",):
            booster.save_model(folder / f"model.{suffix}")
    margins, predictions, rows = answers(booster, rows)
    if isinstance(rows, pandas.DataFrame):
        cells = rows.astype(object).to_numpy().tolist()
        texts = [kind_is_text(rows, column) for column in range(rows.shape[1])]
        cells = [["" if t and pandas.isna(v) else spelled(v) for v, t in zip(row, texts)] for row in cells]
    else:
        cells = [[spelled(value) for value in row] for row in rows]
    document = {
        "rows": cells,
        "margins": table(margins, len(cells)),
        "predictions": table(predictions, len(cells)),
    }
    lines = [f'"{key}": [\n' + ",\n".join(json.dumps(r) for r in value) + "]" for key, value in document.items()]
    (folder / "case.json").write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
    print(f"{name}: {len(cells)} rows, margins of {numpy.asarray(margins).reshape(len(cells), -1).shape[1]}")


def kind_is_text(frame, column):
    """Whether a column holds categories that are texts."""
    kind = frame.dtypes.iloc[column]
    return hasattr(kind, "categories") and not pandas.api.types.is_numeric_dtype(kind.categories)


def main():
    wanted = sys.argv[1:]
    for index, (name, make) in enumerate(CASES.items()):
        if not wanted or name in wanted:
            write(name, make, as_json=index % 2 == 0)


if __name__ == "__main__":
    main()
