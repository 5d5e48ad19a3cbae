"""Trains LightGBM models over the grid of their options, with LightGBM's own answers to rows that lie on every edge.

    python dev/references/lightgbm_models.py

writes `Tests/Fixtures/lightgbm/NAME.txt`, the model as `save_model` writes it, and `NAME.json` beside it: the rows, the
raw scores, and the answers. A number is written as the 16 hexadecimal digits of its bits, a row as its numbers in one
text; rows of pandas models are lists of cells.
"""

import json
import pathlib
import struct

import lightgbm
import numpy
import pandas

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "lightgbm"
ZERO = float(numpy.float32(1e-35))  # Numbers no larger than this are zero to LightGBM.
BASE = {
    "verbose": -1, "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 7, "num_leaves": 7,
    "min_data_in_leaf": 5, "min_data_per_group": 5, "cat_smooth": 1, "learning_rate": 0.3,
}  # fmt: skip


def hexed(row):
    return "".join(struct.pack(">d", float(value)).hex() for value in row)


def write(name, booster, rows, cells=None):
    """Saves a model and the answers of the saved model, not those of the one in memory."""
    path = FOLDER / f"{name}.txt"
    booster.save_model(str(path))
    write_answers(name, lightgbm.Booster(model_file=str(path)), rows, cells)


def write_answers(name, booster, rows, cells=None):
    raw = numpy.asarray(booster.predict(rows, raw_score=True)).reshape(len(rows), -1)
    answer = numpy.asarray(booster.predict(rows)).reshape(len(rows), -1)
    document = {
        "columns": rows.shape[1],
        "rows": cells if cells is not None else [hexed(row) for row in rows],
        "raw": [hexed(row) for row in raw],
        "answers": [hexed(row) for row in answer],
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(document, indent=0) + "\n")


def edge_rows(booster, rows, count=24):
    """Some rows, and copies of them with one feature set to each value at which a split may turn."""
    special = [0.0, -0.0, 1e-36, -1e-36, ZERO, -ZERO, numpy.nextafter(ZERO, 1), -numpy.nextafter(ZERO, 1),
               numpy.nan, numpy.inf, -numpy.inf]  # fmt: skip
    result = [row.copy() for row in rows[:count]]
    place = 0
    for info in booster.dump_model()["tree_info"]:
        for split in splits(info["tree_structure"]):
            if split["decision_type"] == "==":
                known = int(split["threshold"].split("||")[0])
                values = [known, known + 0.75, -0.5, -1, -7, 99_999, 2.0**31, 2.0**33 + known, numpy.nan]
            else:
                bound = split["threshold"]
                values = [bound, numpy.nextafter(bound, numpy.inf), numpy.nextafter(bound, -numpy.inf),
                          special[place % len(special)]]  # fmt: skip
            for value in values:
                row = rows[place % len(rows)].copy()
                row[split["split_feature"]] = value
                result.append(row)
                place += 1
    for feature in range(rows.shape[1]):
        for value in special:
            row = rows[place % len(rows)].copy()
            row[feature] = value
            result.append(row)
            place += 1
    kept = numpy.array(result)
    return kept if len(kept) <= 120 else kept[numpy.linspace(0, len(kept) - 1, 120).astype(int)]


def splits(node):
    if "split_feature" in node:
        yield node
        yield from splits(node["left_child"])
        yield from splits(node["right_child"])


def features(seed=1, count=400):
    generator = numpy.random.default_rng(seed)
    return generator, generator.normal(size=(count, 4)), generator.normal(size=count) * 0.3


def train(parameters, rows, target, rounds=4, **options):
    train_options = {key: options.pop(key) for key in ("init_model", "valid_sets", "callbacks") if key in options}
    data = lightgbm.Dataset(rows, target, free_raw_data=False, **options)
    return lightgbm.train({**BASE, **parameters}, data, rounds, **train_options)


def numeric(name, parameters, target=None, rounds=4, rows=None, **options):
    _, standard, noise = features()
    rows = standard if rows is None else rows
    signal = rows[:, 0] + numpy.where(rows[:, 1] > 0.3, 1, -1) * rows[:, 2] + noise
    booster = train(parameters, rows, (target or (lambda x: x))(numpy.nan_to_num(signal)), rounds, **options)
    write(name, booster, edge_rows(booster, rows))


def classes(count):
    return lambda signal: numpy.clip(numpy.floor((signal + 2) * count / 4), 0, count - 1)


def positive(signal):
    return numpy.exp(signal / 2)


def objectives():
    for name in ("regression", "regression_l1", "huber", "fair", "quantile", "lambdarank", "rank_xendcg"):
        ranking = name in ("lambdarank", "rank_xendcg")
        extra = {"group": [50] * 8} if ranking else {}
        numeric(f"objective_{name}", {"objective": name}, classes(4) if ranking else None, **extra)
    for name in ("mape", "poisson", "gamma", "tweedie"):
        numeric(f"objective_{name}", {"objective": name}, positive)
    numeric("objective_regression_sqrt", {"objective": "regression", "reg_sqrt": True})
    numeric("objective_binary", {"objective": "binary"}, classes(2))
    numeric("objective_binary_steep", {"objective": "binary", "sigmoid": 1.7}, classes(2))
    numeric("objective_multiclass", {"objective": "multiclass", "num_class": 3}, classes(3))
    numeric("objective_multiclassova", {"objective": "multiclassova", "num_class": 4, "sigmoid": 0.7}, classes(4))
    numeric("objective_cross_entropy", {"objective": "cross_entropy"}, lambda x: 1 / (1 + numpy.exp(-x)))
    numeric("objective_cross_entropy_lambda", {"objective": "cross_entropy_lambda"}, lambda x: 1 / (1 + numpy.exp(-x)))
    numeric("objective_own", {"objective": lambda scores, data: (scores - data.get_label(), numpy.ones_like(scores))})

    def own_classes(scores, data):
        gradient = scores - numpy.eye(3)[data.get_label().astype(int)]
        return gradient, numpy.ones_like(gradient)

    numeric("objective_own_multiclass", {"objective": own_classes, "num_class": 3}, classes(3))


def boosting():
    forest = {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6}
    numeric("boosting_rf_regression", {"objective": "regression", **forest})
    numeric("boosting_rf_binary", {"objective": "binary", **forest}, classes(2))
    numeric("boosting_rf_multiclass", {"objective": "multiclass", "num_class": 3, **forest}, classes(3))
    numeric("boosting_dart", {"objective": "binary", "boosting": "dart", "drop_rate": 0.5}, classes(2), rounds=8)
    numeric("boosting_goss", {"objective": "binary", "data_sample_strategy": "goss"}, classes(2), rounds=6)
    numeric("boosting_long", {"objective": "regression", "num_leaves": 15, "learning_rate": 0.05}, rounds=40)
    numeric("constant_target", {"objective": "regression"}, lambda signal: signal * 0 + 3.25)
    numeric("constant_trees", {"objective": "binary", "min_data_in_leaf": 350}, classes(2))
    generator, rows, noise = features()
    target = (rows[:, 0] + 4 * noise > 0).astype(int)
    booster = train(
        {"objective": "binary", "metric": "binary_logloss"}, rows[:200], target[:200], 60,
        valid_sets=[lightgbm.Dataset(rows[200:], target[200:])],
        callbacks=[lightgbm.early_stopping(3, verbose=False)])  # fmt: skip
    assert 1 < booster.best_iteration < 20, booster.best_iteration
    write("best_iteration", booster, edge_rows(booster, rows))


def missing():
    for side in ("left", "right"):
        sign = -4 if side == "left" else 4
        for kind in ("nan", "zero", "both"):
            generator, rows, noise = features(3)
            gaps = generator.random(rows.shape) < 0.25
            target = rows[:, 0] + rows[:, 1] + noise + sign * gaps[:, 0] + sign * gaps[:, 1]
            fill = {"nan": numpy.nan, "zero": 0.0}.get(kind)
            rows[gaps] = fill if fill is not None else numpy.where(generator.random(gaps.sum()) < 0.5, 0.0, numpy.nan)
            booster = train({"objective": "regression", "zero_as_missing": kind != "nan"}, rows, target)
            write(f"missing_{kind}_{side}", booster, edge_rows(booster, rows))
    generator, rows, noise = features(4)
    rows[generator.random(rows.shape) < 0.2] = numpy.nan
    booster = train({"objective": "regression", "use_missing": False}, rows, numpy.nan_to_num(rows[:, 0]) + noise)
    write("missing_unused", booster, edge_rows(booster, rows))
    # Rounds trained under different rules read one feature in different ways.
    target = numpy.nan_to_num(rows[:, 0]) + noise - 3 * numpy.isnan(rows[:, 0])
    first = train({"objective": "regression"}, rows, target, 3)
    booster = train({"objective": "regression", "zero_as_missing": True}, rows, target, 3, init_model=first)
    write("missing_mixed", booster, edge_rows(booster, rows))


def categorical():
    for name, count, options in (
        ("categorical_few", 5, {"max_cat_to_onehot": 8}),
        ("categorical_many", 300, {"max_cat_threshold": 200}),
        ("categorical_without_missing", 40, {"use_missing": False}),
    ):
        generator, rows, noise = features(5, 1200)
        weights = generator.normal(size=count)
        rows[:, 1] = generator.integers(0, count, len(rows))
        target = rows[:, 0] + weights[rows[:, 1].astype(int)] * 2 + noise
        rows[generator.random(len(rows)) < 0.1, 1] = numpy.nan
        booster = train({"objective": "regression", **options}, rows, target, categorical_feature=[1])
        write(name, booster, edge_rows(booster, rows))
    generator, rows, noise = features(6)
    rows[:, 1] = generator.integers(0, 12, len(rows))
    target = rows[:, 0] + (rows[:, 1] % 3) + noise
    first = train({"objective": "regression"}, rows, target, 3)
    booster = train({"objective": "regression"}, rows, target, 3, categorical_feature=[1], init_model=first)
    write("categorical_mixed", booster, edge_rows(booster, rows))


def pandas_columns():
    generator, rows, noise = features(8)
    colour = generator.choice(["red", "green", "blue", "très clair"], len(rows))
    size = generator.choice([10, 20, 35], len(rows))
    member = generator.random(len(rows)) < 0.4
    frame = pandas.DataFrame({
        "amount": rows[:, 0], "colour": pandas.Categorical(colour), "size": pandas.Categorical(size),
        "member": pandas.Categorical(member), "label": rows[:, 1]})  # fmt: skip
    target = ((rows[:, 0] + (colour == "red") - (size == 20) + member + noise) > 0.4).astype(int)
    booster = train({"objective": "binary"}, frame, target)
    cells = [
        [0.5, "red", 20, True, 0.0], [0.5, "green", 10, False, -1.0], [-0.5, "blue", 35, True, 2.0],
        [None, "très clair", 20, None, 0.25], [0.1, "violet", 11, False, None], [0.1, None, None, True, 0.0],
        [-2.0, "red", 10, False, 0.5], [2.0, "blue", 20, True, -0.5]]  # fmt: skip
    sent = pandas.DataFrame(cells, columns=frame.columns)
    sent = sent.astype({"amount": float, "label": float})
    for name in ("colour", "size", "member"):
        sent[name] = pandas.Categorical(sent[name], categories=frame[name].cat.categories)
    write("pandas", booster, sent, cells)


def tree_text(number, decision, threshold, left, right, categories=None):
    sets = "" if categories is None else f"cat_boundaries=0 {len(categories)}\ncat_threshold={' '.join(map(str, categories))}\n"
    return (
        f"Tree={number}\nnum_leaves=2\nnum_cat={0 if categories is None else 1}\nsplit_feature=0\nsplit_gain=1\n"
        f"threshold={threshold!r}\ndecision_type={decision}\nleft_child=-1\nright_child=-2\nleaf_value={left} {right}\n"
        f"leaf_weight=1 1\nleaf_count=3 5\ninternal_value=0\ninternal_weight=0\ninternal_count=8\n{sets}"
        "is_linear=0\nshrinkage=1\n\n\n"
    )


def decision_grid():
    """Every decision type at thresholds around zero, each split worth another power of two, by hand on one feature."""
    trees = []
    for decision in (0, 2, 4, 6, 8, 10):
        for threshold in (0.0, ZERO, -ZERO, 1e-37, -1e-37, 1.0, -1.0):
            trees.append(tree_text(len(trees), decision, threshold, 2.0 ** len(trees), 0))
    for decision in (1, 3, 5, 9, 11):
        trees.append(tree_text(len(trees), decision, 0, 2.0 ** len(trees), 0, [11, 0, 2147483649]))
    head = (
        "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=0\n"
        "objective=regression\nfeature_names=x\nfeature_infos=[-1:1]\n"
        f"tree_sizes={' '.join(str(len(tree)) for tree in trees)}\n\n"
    )
    text = head + "".join(trees) + "end of trees\n\nfeature_importances:\nx=47\n\nparameters:\n\nend of parameters\n\n"
    (FOLDER / "decision_grid.txt").write_text(text + "pandas_categorical:null\n")
    values = [numpy.nan, 0.0, -0.0, 1e-36, 1e-37, 1e-38, ZERO, 1e-35, numpy.nextafter(ZERO, 1), 5e-324, 0.5, 1.0, 1.9,
              numpy.nextafter(1.0, 2), numpy.nextafter(1.0, 0), 3.0, 3.99, 31.0, 64.0, 64.5, 95.0, 95.9, 96.0, 1e10,
              2.0**31 - 1, 2.0**31, 2.0**32 + 1, 2.0**53, numpy.inf]  # fmt: skip
    rows = numpy.array(values + [-value for value in values])[:, None]
    write_answers("decision_grid", lightgbm.Booster(model_str=text), rows)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    objectives()
    boosting()
    missing()
    categorical()
    pandas_columns()
    decision_grid()
