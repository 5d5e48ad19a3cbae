#!/usr/bin/env python3
"""Writes the small churn models, rows, and reference scores of the end-to-end tests to Tests/Fixtures/telco/.

Five models of the same question on 600 customers of Examples/telco/customers.csv: `good.onnx` and `other.onnx` are
logistic regressions with one input per column (the second knows one column more), `weak.onnx` has learnt from shuffled
labels, `wide.onnx` takes the two numbers as one tensor, `strict.onnx` is the good one, except that it fails on a contract
that it has not seen. `pooled.onnx` is no model of the question but one that the
native engine declines: it takes the larger of two numbers with an operator for images. ONNX Runtime gives the scores; the same rows give the same
files, byte for byte.
"""

import pathlib

import numpy
import onnxruntime
import pandas
from onnx import TensorProto, helper, load_from_string, numpy_helper
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "Tests" / "Fixtures" / "telco"
NUMBERS = ["tenure", "monthly_charges"]
COLUMNS = ["customer_id", "tenure", "contract", "internet_service", "monthly_charges", "churn"]
TARGET_OPSET = {"": 18, "ai.onnx.ml": 3}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    customers = pandas.read_csv(ROOT / "Examples" / "telco" / "customers.csv")[COLUMNS].head(600)
    train, rows = customers[customers.index % 2 == 0], customers[customers.index % 2 == 1]
    shuffled = train.assign(churn=numpy.random.default_rng(7).permutation(train["churn"].to_numpy()))
    models = {
        "good": by_column(train, ["contract"]),
        "other": by_column(train, ["contract", "internet_service"]),
        "weak": by_column(shuffled, ["contract"]),
        "wide": wide(train),
    }
    (FOLDER / "pooled.onnx").write_bytes(pooled())
    (FOLDER / "strict.onnx").write_bytes(strict(models["good"]))
    for name, model in models.items():
        (FOLDER / f"{name}.onnx").write_bytes(model)
    customers.to_csv(FOLDER / "customers.csv", index=False)
    rows.to_csv(FOLDER / "rows.csv", index=False)
    probabilities = {name: scores(model, name, rows) for name, model in models.items()}
    pandas.DataFrame({"customer_id": rows["customer_id"], **probabilities}).to_csv(
        FOLDER / "probabilities.csv", index=False, float_format="%.9g")
    churned = (rows["churn"] == "Yes").to_numpy()
    pandas.DataFrame([
        {"model": name, "roc_auc": roc_auc_score(churned, given), "log_loss": log_loss(churned, given.astype(float))}
        for name, given in probabilities.items()
    ]).to_csv(FOLDER / "metrics.csv", index=False)


def by_column(train, texts):
    prepare = ColumnTransformer([
        ("numbers", StandardScaler(), NUMBERS),
        ("texts", OneHotEncoder(handle_unknown="ignore", sparse_output=False), texts),
    ])
    pipeline = Pipeline([("prepare", prepare), ("logistic", LogisticRegression())])
    pipeline.fit(pandas.concat([train[NUMBERS].astype(numpy.float32), train[texts]], axis=1), train["churn"])
    inputs = [(name, FloatTensorType([None, 1])) for name in NUMBERS]
    inputs += [(name, StringTensorType([None, 1])) for name in texts]
    return converted(pipeline, inputs)


def wide(train):
    pipeline = Pipeline([("scale", StandardScaler()), ("logistic", LogisticRegression())])
    pipeline.fit(train[NUMBERS].to_numpy(numpy.float32), train["churn"])
    return converted(pipeline, [("features", FloatTensorType([None, len(NUMBERS)]))])


def pooled():
    constants = [numpy_helper.from_array(numpy.array(shape, numpy.int64), name)
                 for name, shape in [("image", [-1, 1, 2]), ("row", [-1, 1])]]
    nodes = [
        helper.make_node("Reshape", ["features", "image"], ["images"], name="to_images"),
        helper.make_node("GlobalMaxPool", ["images"], ["largest"], name="pool"),
        helper.make_node("Reshape", ["largest", "row"], ["score"], name="to_rows"),
    ]
    graph = helper.make_graph(
        nodes, "pooled", [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, 2])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [None, 1])], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return model.SerializeToString(deterministic=True)


def strict(good):
    model = load_from_string(good)
    for node in model.graph.node:
        if node.op_type == "OneHotEncoder":
            next(attribute for attribute in node.attribute if attribute.name == "zeros").i = 0
    return model.SerializeToString(deterministic=True)


def converted(pipeline, inputs):
    graph = to_onnx(
        pipeline, initial_types=inputs, name="churn", target_opset=TARGET_OPSET, options={"zipmap": False})
    operator_sets = sorted(graph.opset_import, key=lambda operator_set: operator_set.domain)
    del graph.opset_import[:]
    graph.opset_import.extend(operator_sets)
    return graph.SerializeToString(deterministic=True)


def scores(model, name, rows):
    """The probability of churn for each row."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    if name == "wide":
        inputs = {"features": rows[NUMBERS].to_numpy(numpy.float32)}
    else:
        inputs = {
            wanted.name: rows[[wanted.name]].to_numpy(numpy.float32 if wanted.name in NUMBERS else object)
            for wanted in session.get_inputs()
        }
    return session.run(["probabilities"], inputs)[0][:, 1]


if __name__ == "__main__":
    main()
