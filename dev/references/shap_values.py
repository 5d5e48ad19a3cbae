#!/usr/bin/env python3
"""Writes models with the contributions that their explanations must have.

Each case is a folder `Tests/Fixtures/explanations/NAME/` with `model.onnx` and `case.json`: the names of the fields, the
rows, the background rows where there are some, and per row the base, the score and one contribution per field. The
expected figures come from shap (`TreeExplainer` with the path-dependent game, `LinearExplainer`) and from the trainers'
own `pred_contrib`. Trees are written node by node from what the trainers dump, with their covers in `nodes_hitrates`, so
that both sides explain the very same trees; the cases that end in `-file` have the trainer's own file, `model.txt` or
`model.json`. Where a model encodes its fields, all columns of a field are known or unknown together, which shap cannot
say of trees: there the figures come from the definition, the sum over all subsets of fields.

Usage: shap_values.py
Needs: numpy onnx pandas scikit-learn skl2onnx lightgbm xgboost shap (requirements.txt)
"""

import json
import math
import shutil
from pathlib import Path

import lightgbm
import numpy
import onnx
import pandas
import shap
import skl2onnx
import xgboost
from onnx import TensorProto, helper
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from skl2onnx.common.data_types import FloatTensorType, StringTensorType

FOLDER = Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "explanations"
ROWS = 6


def plain(value):
    """One cell as JSON can hold it."""
    if isinstance(value, str):
        return value
    return None if math.isnan(value) else float(value)


def write(name, model, fields, rows, bases, scores, contributions, classes=None, background=None):
    folder = FOLDER / name
    folder.mkdir(parents=True)
    if isinstance(model, tuple):
        # A file of the trainer, which Slipway reads itself.
        (folder / model[0]).write_text(model[1])
    else:
        # The converter makes up a name at every run.
        model.graph.name = name
        onnx.checker.check_model(model)
        (folder / "model.onnx").write_bytes(model.SerializeToString())
    case = {
        "fields": fields,
        "rows": [[plain(cell) for cell in row] for row in rows],
        "bases": [float(base) for base in bases],
        "scores": [float(score) for score in scores],
        "contributions": [[float(value) for value in row] for row in contributions],
    }
    if classes is not None:
        case["classes"] = [str(each) for each in classes]
    if background is not None:
        case["background"] = [[plain(cell) for cell in row] for row in background]
    (folder / "case.json").write_text(json.dumps(case, separators=(",", ":")) + "\n")
    # shap itself must be additive, or the figures are no reference.
    total = numpy.asarray(bases) + numpy.asarray(contributions).sum(axis=1)
    assert numpy.allclose(total, scores, rtol=1e-5, atol=1e-6), (name, total, scores)


class Trees:
    """Nodes of many trees, gathered into the attributes of a classic tree operator with double precision."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def branch(self, tree, node, feature, mode, threshold, missing, when_true, when_false, cover):
        self.nodes.append((tree, node, feature, mode, threshold, int(missing), when_true, when_false, cover))

    def leaf(self, tree, node, weights, cover):
        self.nodes.append((tree, node, 0, "LEAF", 0.0, 0, 0, 0, cover))
        self.weights += [(tree, node, target, value) for target, value in weights]

    def attributes(self, prefix):
        columns = list(zip(*self.nodes))
        weights = list(zip(*self.weights))

        def doubles(name, values):
            return {f"{name}_as_tensor": helper.make_tensor(name, TensorProto.DOUBLE, [len(values)], values)}

        return {
            "nodes_treeids": columns[0], "nodes_nodeids": columns[1], "nodes_featureids": columns[2],
            "nodes_modes": columns[3], "nodes_missing_value_tracks_true": columns[5],
            "nodes_truenodeids": columns[6], "nodes_falsenodeids": columns[7],
            f"{prefix}_treeids": weights[0], f"{prefix}_nodeids": weights[1], f"{prefix}_ids": weights[2],
            **doubles("nodes_values", columns[4]), **doubles("nodes_hitrates", columns[8]),
            **doubles(f"{prefix}_weights", weights[3]),
        }

    def regressor(self, width, base=None):
        attributes = self.attributes("target") | {"n_targets": 1}
        if base is not None:
            attributes["base_values_as_tensor"] = helper.make_tensor("base_values", TensorProto.DOUBLE, [1], [base])
        node = helper.make_node(
            "TreeEnsembleRegressor", ["input"], ["prediction"], domain="ai.onnx.ml", **attributes)
        return graph([node], width, [("prediction", TensorProto.FLOAT, [None, 1])])

    def classifier(self, width, classes, transform):
        attributes = self.attributes("class") | {"classlabels_int64s": list(range(classes)), "post_transform": transform}
        node = helper.make_node(
            "TreeEnsembleClassifier", ["input"], ["label", "probabilities"], domain="ai.onnx.ml", **attributes)
        outputs = [("label", TensorProto.INT64, [None]), ("probabilities", TensorProto.FLOAT, [None, classes])]
        return graph([node], width, outputs)


def graph(nodes, width, outputs):
    inputs = [helper.make_tensor_value_info("input", TensorProto.DOUBLE, [None, width])]
    values = [helper.make_tensor_value_info(*output) for output in outputs]
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(helper.make_graph(nodes, "trees", inputs, values), opset_imports=opsets, ir_version=10)


def data(columns, seed, missing=0.0):
    random = numpy.random.default_rng(seed)
    # Single precision throughout: XGBoost keeps no more, and thresholds are then the same on both sides.
    rows = random.normal(size=(600, columns)).astype(numpy.float32).astype(numpy.float64)
    score = rows[:, 0] * rows[:, 1] + numpy.sin(2 * rows[:, 2]) + 0.5 * rows[:, 3:].sum(axis=1)
    rows[random.random(rows.shape) < missing] = numpy.nan
    return rows, score + 0.3 * random.normal(size=600)


def lightgbm_trees(booster):
    trees = Trees()
    for tree, info in enumerate(booster.dump_model()["tree_info"]):
        numbers = iter(range(1_000_000))

        def add(node):
            number = next(numbers)
            if "leaf_value" in node:
                trees.leaf(tree, number, [(0, node["leaf_value"])], node.get("leaf_count", 0))
                return number
            left, right = add(node["left_child"]), add(node["right_child"])
            assert node["decision_type"] == "<=" and node["missing_type"] in ("None", "NaN")
            threshold = node["threshold"]
            goes_left = node["default_left"] if node["missing_type"] == "NaN" else 0.0 <= threshold
            trees.branch(
                tree, number, node["split_feature"], "BRANCH_LEQ", threshold, goes_left, left, right,
                node["internal_count"])
            return number

        add(info["tree_structure"])
    return renumbered(trees)


def renumbered(trees):
    """The nodes in the order of their numbers: the first of each tree is its root."""
    trees.nodes.sort(key=lambda node: (node[0], node[1]))
    return trees


def xgboost_trees(model):
    booster = model.get_booster()
    trees = Trees()
    for tree, text in enumerate(booster.get_dump(dump_format="json", with_stats=True)):

        def add(node):
            if "leaf" in node:
                trees.leaf(tree, node["nodeid"], [(0, node["leaf"])], node["cover"])
                return
            feature = int(node["split"][1:])
            trees.branch(
                tree, node["nodeid"], feature, "BRANCH_LT", float(numpy.float32(node["split_condition"])),
                node["missing"] == node["yes"], node["yes"], node["no"], node["cover"])
            for child in node["children"]:
                add(child)

        add(json.loads(text))
    return renumbered(trees)


def sklearn_trees(estimators, scale, value):
    trees = Trees()
    for tree, estimator in enumerate(estimators):
        inner = estimator.tree_
        for node in range(inner.node_count):
            cover = float(inner.weighted_n_node_samples[node])
            if inner.children_left[node] < 0:
                trees.leaf(tree, node, [(t, float(v) * scale) for t, v in value(inner.value[node])], cover)
            else:
                trees.branch(
                    tree, node, int(inner.feature[node]), "BRANCH_LEQ", float(inner.threshold[node]), False,
                    int(inner.children_left[node]), int(inner.children_right[node]), cover)
    return trees


def names(count):
    return [f"f{index}" for index in range(count)]


def lightgbm_binary():
    rows, score = data(8, 1, missing=0.1)
    model = lightgbm.LGBMClassifier(n_estimators=12, num_leaves=15, min_child_samples=5, random_state=1, verbose=-1)
    model.fit(rows, score > 0)
    values = model.predict(rows[:ROWS], pred_contrib=True)
    raw = model.predict(rows[:ROWS], raw_score=True)
    explained = shap.TreeExplainer(model).shap_values(rows[:ROWS])
    assert numpy.allclose(explained, values[:, :-1], atol=1e-9)
    write(
        "lightgbm-binary", lightgbm_trees(model.booster_).classifier(8, 2, "LOGISTIC"), names(8), rows[:ROWS],
        values[:, -1], raw, values[:, :-1], classes=[1] * ROWS)


def lightgbm_deep():
    """Paths with more than eight and more than sixteen distinct features, which need more quadrature points."""
    rows, score = data(30, 2)
    model = lightgbm.LGBMRegressor(
        n_estimators=3, num_leaves=200, min_child_samples=1, feature_fraction=0.8, random_state=1, verbose=-1)
    model.fit(rows, score)
    values = model.predict(rows[:ROWS], pred_contrib=True)
    write(
        "lightgbm-deep", lightgbm_trees(model.booster_).regressor(30), names(30), rows[:ROWS], values[:, -1],
        model.predict(rows[:ROWS]), values[:, :-1])


def xgboost_regressor():
    rows, score = data(6, 3, missing=0.15)
    model = xgboost.XGBRegressor(n_estimators=10, max_depth=5, base_score=0.5, random_state=1)
    model.fit(rows, score)
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    values = explainer.shap_values(rows[:ROWS])
    base = numpy.broadcast_to(numpy.ravel(explainer.expected_value)[0], ROWS)
    write(
        "xgboost-regressor", xgboost_trees(model).regressor(6, base=0.5), names(6), rows[:ROWS], base,
        model.predict(rows[:ROWS]), values)


def forest_multiclass():
    rows, score = data(6, 4)
    classes = numpy.digitize(score, [-0.7, 0.7])
    model = RandomForestClassifier(n_estimators=8, max_depth=6, random_state=1).fit(rows, classes)
    trees = sklearn_trees(model.estimators_, 1 / 8, lambda value: enumerate(value[0] / value[0].sum()))
    explainer = shap.TreeExplainer(model)
    values = numpy.asarray(explainer.shap_values(rows[:ROWS]))
    predicted = model.predict(rows[:ROWS])
    picked = numpy.stack([values[row, :, each] for row, each in enumerate(predicted)])
    write(
        "forest-multiclass", trees.classifier(6, 3, "NONE"), names(6), rows[:ROWS],
        [explainer.expected_value[each] for each in predicted],
        [model.predict_proba(rows[row:row + 1])[0, each] for row, each in enumerate(predicted)], picked,
        classes=predicted)


def boosting_regressor():
    rows, score = data(5, 5)
    model = GradientBoostingRegressor(n_estimators=10, max_depth=4, random_state=1).fit(rows, score)
    trees = sklearn_trees(model.estimators_[:, 0], model.learning_rate, lambda value: [(0, value[0][0])])
    explainer = shap.TreeExplainer(model)
    write(
        "boosting-regressor", trees.regressor(5, base=float(model.init_.constant_[0][0])), names(5), rows[:ROWS],
        numpy.broadcast_to(numpy.ravel(explainer.expected_value)[0], ROWS), model.predict(rows[:ROWS]),
        explainer.shap_values(rows[:ROWS]))


def lightgbm_file():
    """Splits by category, missing values, zeros that count as missing, and the file's own counts of rows."""
    rows, score = data(6, 9, missing=0.1)
    random = numpy.random.default_rng(10)
    rows[:, 2] = random.integers(0, 12, 600)
    rows[random.random(600) < 0.2, 4] = 0.0
    score = score + (rows[:, 2] % 3 == 1)
    model = lightgbm.LGBMRegressor(
        n_estimators=8, num_leaves=15, min_child_samples=5, min_data_per_group=5, cat_smooth=1, zero_as_missing=True,
        random_state=1, verbose=-1)
    model.fit(rows, score, categorical_feature=[2])
    values = model.predict(rows[:ROWS], pred_contrib=True)
    write(
        "lightgbm-file", ("model.txt", model.booster_.model_to_string()), names(6), rows[:ROWS], values[:, -1],
        model.predict(rows[:ROWS]), values[:, :-1])


def xgboost_file():
    """A softmax over three classes, each with trees and a base score of its own."""
    rows, score = data(5, 11, missing=0.1)
    model = xgboost.XGBClassifier(n_estimators=6, max_depth=4, random_state=1)
    model.fit(rows, numpy.digitize(score, [-0.7, 0.7]))
    booster = model.get_booster()
    picked = model.predict(rows[:ROWS])
    values = booster.predict(xgboost.DMatrix(rows[:ROWS]), pred_contribs=True)[numpy.arange(ROWS), picked]
    margins = model.predict(rows[:ROWS], output_margin=True)[numpy.arange(ROWS), picked]
    write(
        "xgboost-file", ("model.json", booster.save_raw("json").decode()), names(5), rows[:ROWS], values[:, -1],
        margins, values[:, :-1], classes=picked)


def table():
    rows, score = data(3, 6)
    random = numpy.random.default_rng(7)
    frame = pandas.DataFrame({
        "age": numpy.round(40 + 10 * rows[:, 0]), "balance": rows[:, 1], "tenure": numpy.round(20 + 5 * rows[:, 2]),
        "plan": random.choice(["basic", "plus", "pro"], 600), "region": random.choice(["n", "s"], 600),
    })
    score = score + (frame.plan == "pro") - 2 * (frame.region == "n") * (frame.plan == "basic")
    return frame, (score > score.mean()).to_numpy().astype(int)


def encoded(estimator):
    """A model of numbers that are scaled and texts that are one-hot encoded, and the field of each column."""
    frame, target = table()
    numbers, texts = ["age", "balance", "tenure"], ["plan", "region"]
    columns = ColumnTransformer([("n", StandardScaler(), numbers), ("t", OneHotEncoder(), texts)])
    pipeline = make_pipeline(columns, estimator).fit(frame, target)
    types = [(name, FloatTensorType([None, 1]) if name in numbers else StringTensorType([None, 1])) for name in frame]
    model = skl2onnx.to_onnx(pipeline, initial_types=types, options={"zipmap": False}, target_opset={"": 15, "ai.onnx.ml": 3})
    # 32-bit floats, as the graph computes them.
    matrix = numpy.asarray(columns.transform(frame), dtype=numpy.float32).astype(numpy.float64)
    return frame, pipeline, model, matrix, [0, 1, 2, 3, 3, 3, 4, 4]


def summed(values, owners):
    sums = numpy.zeros((len(values), max(owners) + 1))
    for column, owner in enumerate(owners):
        sums[:, owner] += values[:, column]
    return sums


def expected(tree, node, row, known):
    """What a tree is worth when only some columns are known."""
    left, right = tree.children_left[node], tree.children_right[node]
    if left < 0:
        return tree.value[node][0][0]
    column = tree.feature[node]
    if known[column]:
        return expected(tree, left if row[column] <= tree.threshold[node] else right, row, known)
    share = tree.weighted_n_node_samples[left] / tree.weighted_n_node_samples[node]
    return share * expected(tree, left, row, known) + (1 - share) * expected(tree, right, row, known)


def shapley(worth, count):
    """The worth of nobody and the Shapley values of a game, by its definition."""
    worths = [worth({player for player in range(count) if subset >> player & 1}) for subset in range(1 << count)]
    values = []
    for player in range(count):
        value = 0.0
        for subset in range(1 << count):
            if not subset >> player & 1:
                size = subset.bit_count()
                weight = math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
                value += weight * (worths[subset | 1 << player] - worths[subset])
        values.append(value)
    return worths[0], values


def encoded_boosting():
    """The converter writes no covers: those counted on the training rows are the trainer's own."""
    frame, pipeline, model, matrix, owners = encoded(
        GradientBoostingClassifier(n_estimators=8, max_depth=3, random_state=1))
    estimator = pipeline[-1]
    rate, trees = estimator.learning_rate, [each[0].tree_ for each in estimator.estimators_]

    def worth(row, known):
        return rate * sum(expected(tree, 0, row, known) for tree in trees)

    start = float(estimator.decision_function(matrix[:1])[0]) - worth(matrix[0], [True] * 8)
    explained = [
        shapley(lambda known, row=row: start + worth(row, [owner in known for owner in owners]), 5)
        for row in matrix[:ROWS]
    ]
    # With every column a field of its own the definition gives what shap gives.
    alone = shapley(lambda known: worth(matrix[0], [each in known for each in range(8)]), 8)[1]
    assert numpy.allclose(alone, shap.TreeExplainer(estimator).shap_values(matrix[:1])[0])
    write(
        "encoded-boosting", model, list(frame), frame.to_numpy()[:ROWS].tolist(), [base for base, _ in explained],
        estimator.decision_function(matrix[:ROWS]), [values for _, values in explained], classes=[1] * ROWS,
        background=frame.to_numpy().tolist())


def encoded_logistic():
    frame, pipeline, model, matrix, owners = encoded(LogisticRegression())
    estimator = pipeline[-1]
    explainer = shap.LinearExplainer(estimator, shap.maskers.Independent(matrix, max_samples=len(matrix)))
    values = explainer.shap_values(matrix[:ROWS])
    write(
        "encoded-logistic", model, list(frame), frame.to_numpy()[:ROWS].tolist(),
        numpy.broadcast_to(numpy.ravel(explainer.expected_value)[0], ROWS),
        estimator.decision_function(matrix[:ROWS]), summed(values, owners), classes=[1] * ROWS,
        background=frame.to_numpy().tolist())


def ridge():
    rows, score = data(4, 8)
    model = Ridge().fit(rows, score)
    background = rows[:100]
    explainer = shap.LinearExplainer(model, shap.maskers.Independent(background, max_samples=len(background)))
    written = skl2onnx.to_onnx(
        model, initial_types=[("input", FloatTensorType([None, 4]))], target_opset={"": 15, "ai.onnx.ml": 3})
    write(
        "ridge", written, names(4), rows[:ROWS], numpy.broadcast_to(explainer.expected_value, ROWS),
        model.predict(rows[:ROWS]), explainer.shap_values(rows[:ROWS]), background=background)


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    for case in [
        lightgbm_binary, lightgbm_deep, xgboost_regressor, forest_multiclass, boosting_regressor, lightgbm_file,
        xgboost_file, encoded_boosting, encoded_logistic, ridge,
    ]:
        case()


if __name__ == "__main__":
    main()
