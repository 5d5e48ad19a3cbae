"""Writes the reference figures of model metrics, computed by scikit-learn.

Run: python3 dev/references/metrics.py
"""

import json
import pathlib

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests" / "SlipwayModelTests" / "Fixtures"
BIN_COUNT = 10


def expected_calibration_error(actual, probabilities):
    """Sums |share of positives - mean probability| over the bins of calibration_curve, weighted by rows."""
    edges = np.linspace(0.0, 1.0, BIN_COUNT + 1)
    bins = np.searchsorted(edges[1:-1], probabilities)
    shares, means = calibration_curve(actual, probabilities, n_bins=BIN_COUNT, strategy="uniform")
    counts = np.bincount(bins, minlength=BIN_COUNT)
    counts = counts[counts > 0]
    return float(np.sum(counts * np.abs(shares - means)) / counts.sum()), counts, shares, means


def binary(name, actual, probabilities):
    actual = np.asarray(actual)
    probabilities = np.asarray(probabilities, dtype=np.float64)
    predicted = (probabilities > 0.5).astype(int)
    error, counts, shares, means = expected_calibration_error(actual, probabilities)
    return {
        "name": name,
        "actual": actual.tolist(),
        "probabilities": probabilities.tolist(),
        "metrics": {
            "roc_auc": metrics.roc_auc_score(actual, probabilities),
            "log_loss": metrics.log_loss(actual, probabilities),
            "brier": metrics.brier_score_loss(actual, probabilities),
            "accuracy": metrics.accuracy_score(actual, predicted),
            "balanced_accuracy": metrics.balanced_accuracy_score(actual, predicted),
            "precision": metrics.precision_score(actual, predicted),
            "recall": metrics.recall_score(actual, predicted),
            "f1": metrics.f1_score(actual, predicted),
            "expected_calibration_error": error,
        },
        "curve": {"counts": counts.tolist(), "shares": shares.tolist(), "means": means.tolist()},
    }


def multiclass(name, actual, probabilities):
    actual = np.asarray(actual)
    predicted = probabilities.argmax(axis=1)
    return {
        "name": name,
        "actual": actual.tolist(),
        "probabilities": probabilities.tolist(),
        "metrics": {
            "log_loss": metrics.log_loss(actual, probabilities, labels=list(range(probabilities.shape[1]))),
            "accuracy": metrics.accuracy_score(actual, predicted),
            "balanced_accuracy": metrics.balanced_accuracy_score(actual, predicted),
            "macro_f1": metrics.f1_score(actual, predicted, average="macro"),
        },
    }


def regression(name, actual, predicted):
    return {
        "name": name,
        "actual": np.asarray(actual).tolist(),
        "predicted": np.asarray(predicted).tolist(),
        "metrics": {
            "rmse": metrics.root_mean_squared_error(actual, predicted),
            "mae": metrics.mean_absolute_error(actual, predicted),
            "r2": metrics.r2_score(actual, predicted),
        },
    }


def main():
    random = np.random.default_rng(8)
    smooth = random.uniform(0, 1, 200)
    truth = (random.uniform(0, 1, 200) < smooth**1.5).astype(int)
    softmax = np.exp(random.normal(0, 1.5, (150, 4)))
    softmax[:, 3] = 0  # one class that is never predicted and hardly ever occurs
    softmax /= softmax.sum(axis=1, keepdims=True)
    classes = np.array([random.choice(4, p=row) for row in softmax])
    classes[0] = 3
    target = random.normal(10, 4, 120)
    document = {
        "binary": [
            binary("smooth", truth, smooth),
            binary("ties", truth, np.round(smooth, 1)),
            binary("certain", truth, np.where(smooth < 0.3, 0.0, np.where(smooth > 0.8, 1.0, smooth))),
            binary("upside_down", truth, 1 - smooth),
        ],
        "multiclass": [multiclass("four", classes, softmax), multiclass("three", classes[1:], softmax[1:])],
        "regression": [
            regression("good", target, target + random.normal(0, 1, 120)),
            regression("worse_than_the_mean", target, 3 * target),
        ],
    }
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / "metrics.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
