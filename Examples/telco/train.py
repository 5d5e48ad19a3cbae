#!/usr/bin/env python3
"""Trains the churn model of this example and writes it as ONNX.

Slipway runs it during `slipway retrain churn` with two variables in the environment:

    SLIPWAY_SNAPSHOT      the CSV file of training rows
    SLIPWAY_MODEL_OUTPUT  where to leave the ONNX model

By hand the same two are arguments, and a fifth of the rows can be kept out of the training for an honest check:

    python3 train.py --data customers.csv --held-out held-out.csv --output churn.onnx --verify

The model takes one input per column, a float tensor [rows, 1] for a number and a string tensor [rows, 1] for a text, and
gives `label` (Yes or No) and `probabilities` [rows, 2]. The same rows give the same model, byte for byte.
"""

import argparse
import os
import pathlib
import sys
import warnings

import numpy
import pandas
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = [
    "female", "senior_citizen", "partner", "dependents", "tenure", "phone_service", "paperless_billing",
    "monthly_charges", "total_charges",
]
TEXTS = [
    "multiple_lines", "internet_service", "online_security", "online_backup", "device_protection", "tech_support",
    "streaming_tv", "streaming_movies", "contract", "payment_method",
]
TARGET = "churn"
CLASSES = ["No", "Yes"]
TARGET_OPSET = {"": 18, "ai.onnx.ml": 3}
TOLERANCE = 1e-5


def main():
    options = parse_arguments()
    rows = read_rows(options.data)[: options.rows]
    if options.held_out:
        # By position, so that rows which come later leave the earlier ones on the side where they were.
        held_out = rows.index % 5 == 4
        rows[held_out].to_csv(options.held_out, index=False)
        rows = rows[~held_out]
    pipeline = build_pipeline(options)
    pipeline.fit(features(rows), rows[TARGET])
    model = convert(pipeline)
    write_bytes(model, options.output)
    print(f"trained on {len(rows)} rows, wrote {options.output} ({len(model) / 1024:.0f} KiB)")
    if options.held_out:
        report_held_out(pipeline, options.held_out)
    if options.verify:
        verify(pipeline, model, features(rows))


def parse_arguments():
    parser = argparse.ArgumentParser(description="Train the churn model and write it as ONNX.")
    parser.add_argument("--data", default=os.environ.get("SLIPWAY_SNAPSHOT"), help="CSV file of training rows")
    parser.add_argument("--output", default=os.environ.get("SLIPWAY_MODEL_OUTPUT"), help="ONNX file to write")
    parser.add_argument("--held-out", help="keep every fifth row out of the training, and write it to this CSV file")
    parser.add_argument("--rows", type=int, help="use only the first ROWS rows, as if the later ones had not come yet")
    parser.add_argument("--trees", type=int, default=100, help="how many trees to boost (default: 100)")
    parser.add_argument(
        "--weak", action="store_true", default=os.environ.get("TELCO_WEAK") == "1",
        help="a single split on the data, a model that no gate should let pass (also: TELCO_WEAK=1)",
    )
    parser.add_argument("--verify", action="store_true", help="compare the ONNX model with scikit-learn, row by row")
    options = parser.parse_args()
    if not options.data or not options.output:
        parser.error("give --data and --output, or set SLIPWAY_SNAPSHOT and SLIPWAY_MODEL_OUTPUT")
    return options


def read_rows(path):
    """Reads the training rows; an empty cell is a missing value."""
    try:
        rows = pandas.read_csv(path, keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        sys.exit(f"train.py: cannot read {path}: {error}")
    missing = [name for name in NUMBERS + TEXTS + [TARGET] if name not in rows.columns]
    if missing:
        sys.exit(f"train.py: {path} lacks the columns {', '.join(missing)}")
    if sorted(rows[TARGET].dropna().unique()) != CLASSES or rows[TARGET].isna().any():
        sys.exit(f"train.py: {path}: the column {TARGET} must hold both Yes and No, and nothing else")
    return rows


def features(rows):
    """The input columns as the model sees them when served: float32 numbers with NaN for missing, and texts."""
    numbers = rows[NUMBERS].astype(numpy.float32)
    texts = rows[TEXTS].astype(object).where(rows[TEXTS].notna(), "")
    return pandas.concat([numbers, texts], axis=1)


def build_pipeline(options):
    prepare = ColumnTransformer([
        ("numbers", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), NUMBERS),
        ("texts", OneHotEncoder(handle_unknown="ignore", sparse_output=False), TEXTS),
    ])
    boosting = GradientBoostingClassifier(
        n_estimators=1 if options.weak else options.trees,
        max_depth=1 if options.weak else 3,
        learning_rate=0.1,
        random_state=0,
    )
    return Pipeline([("prepare", prepare), ("boosting", boosting)])


def convert(pipeline):
    """The pipeline as ONNX bytes, with one input per column and plain tensors as outputs."""
    inputs = [(name, FloatTensorType([None, 1])) for name in NUMBERS]
    inputs += [(name, StringTensorType([None, 1])) for name in TEXTS]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = to_onnx(
            pipeline, initial_types=inputs, name="churn", target_opset=TARGET_OPSET, options={"zipmap": False})
    # The converter lists the operator sets in no fixed order; sorted, the same rows give the same bytes.
    operator_sets = sorted(graph.opset_import, key=lambda operator_set: operator_set.domain)
    del graph.opset_import[:]
    graph.opset_import.extend(operator_sets)
    return graph.SerializeToString(deterministic=True)


def report_held_out(pipeline, path):
    rows = read_rows(path)
    score = roc_auc_score(rows[TARGET] == "Yes", pipeline.predict_proba(features(rows))[:, 1])
    print(f"ROC AUC on the {len(rows)} held-out rows of {path}: {score:.4f}")


def verify(pipeline, model, table):
    """Compares scikit-learn and ONNX Runtime on the training rows and on rows with missing and unknown values."""
    import onnxruntime

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    odd = table.copy()
    odd.loc[odd.index % 3 == 0, "total_charges"] = numpy.nan
    odd.loc[odd.index % 5 == 0, "contract"] = "Ten years"
    odd.loc[odd.index % 7 == 0, "tenure"] *= 1.37
    largest = 0.0
    for rows in (table, odd):
        inputs = {name: rows[[name]].to_numpy() for name in rows.columns}
        labels, probabilities = session.run(["label", "probabilities"], inputs)
        largest = max(largest, float(numpy.abs(pipeline.predict_proba(rows) - probabilities).max()))
        if (pipeline.predict(rows) != labels).any():
            sys.exit("train.py: scikit-learn and ONNX give different labels")
    print(f"scikit-learn and ONNX differ by at most {largest:.1e} on {2 * len(table)} rows")
    if largest > TOLERANCE:
        sys.exit(f"train.py: that is more than {TOLERANCE:.0e}")


def write_bytes(content, path):
    """Writes to a file beside the target first, so that a reader never sees half a model."""
    target = pathlib.Path(path)
    partial = target.with_name(target.name + ".partial")
    partial.write_bytes(content)
    partial.replace(target)


if __name__ == "__main__":
    main()
