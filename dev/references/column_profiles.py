"""Writes the reference figures of column profiles, computed by NumPy.

Run: python3 dev/references/column_profiles.py
"""

import json
import pathlib

import numpy as np

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests" / "SlipwayDataTests" / "Fixtures"
SHARES = [0.0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0]


def case(name, values):
    values = np.asarray(values, dtype=np.float64)
    return {
        "name": name,
        "values": values.tolist(),
        "mean": float(np.mean(values)),
        "standard_deviation": float(np.std(values, ddof=1)),
        "minimum": float(np.min(values)),
        "maximum": float(np.max(values)),
        "shares": SHARES,
        "quantiles": np.quantile(values, SHARES, method="inverted_cdf").tolist(),
    }


def main():
    random = np.random.default_rng(20)
    cases = [
        case("skewed", np.round(random.lognormal(3, 1, 400), 2)),
        case("ties", random.integers(0, 7, 300)),
        case("far_from_zero", 1e5 + random.normal(0, 1, 300)),
        case("two", [1.5, -2.5]),
    ]
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / "profiles.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
