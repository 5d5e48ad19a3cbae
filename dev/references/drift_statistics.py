"""Writes the reference figures of the monitoring statistics, computed with scipy and numpy.

Run from the root of the repository: python3 dev/references/drift_statistics.py
"""

import json
import sys
import zlib
from pathlib import Path

# Files beside this one are named like modules of the standard library, which must not find them.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

import numpy as np
from scipy import special, stats

TARGET = Path("Tests/SlipwayMonitoringTests/Fixtures")


def empirical(points, grid):
    values = np.array([value for value, _ in points])
    weights = np.array([weight for _, weight in points])
    order = np.argsort(values, kind="stable")
    values, cumulative = values[order], np.cumsum(weights[order])
    index = np.searchsorted(values, grid, side="right")
    return np.where(index > 0, cumulative[np.maximum(index, 1) - 1], 0.0) / cumulative[-1]


def ks(baseline, current):
    grid = np.unique([value for value, _ in baseline + current])
    statistic = float(np.max(np.abs(empirical(baseline, grid) - empirical(current, grid))))
    n, m = sum(w for _, w in baseline), sum(w for _, w in current)
    return {"statistic": statistic, "p_value": float(special.kolmogorov(np.sqrt(n * m / (n + m)) * statistic))}


def psi(baseline_rows, current_rows):
    baseline_rows, current_rows = np.array(baseline_rows, float), np.array(current_rows, float)
    filled = (baseline_rows > 0) | (current_rows > 0)
    baseline_rows, current_rows = baseline_rows[filled], current_rows[filled]
    p = np.where(baseline_rows > 0, baseline_rows, 0.5) / baseline_rows.sum()
    q = np.where(current_rows > 0, current_rows, 0.5) / current_rows.sum()
    return float(np.sum((q - p) * np.log(q / p)))


def numeric_psi(baseline, current, bins=10):
    values = np.array([value for value, _ in baseline])
    weights = np.array([weight for _, weight in baseline])
    order = np.argsort(values, kind="stable")
    values, cumulative = values[order], np.cumsum(weights[order])
    wanted = np.arange(1, bins) / bins * cumulative[-1]
    bounds = np.unique(values[np.searchsorted(cumulative, wanted, side="left")])
    if bounds[0] == values[0]:
        bounds = np.insert(bounds, 0, np.nextafter(bounds[0], -np.inf))

    def fill(points):
        rows = np.zeros(len(bounds) + 1)
        for value, weight in points:
            rows[np.searchsorted(bounds, value, side="left")] += weight
        return rows

    return psi(fill(baseline), fill(current))


def numeric_cases():
    random = np.random.default_rng(20)
    samples = {
        "same": (random.normal(0, 1, 500), random.normal(0, 1, 400)),
        "shifted": (random.normal(0, 1, 500), random.normal(0.5, 1, 300)),
        "disjoint": (random.uniform(0, 1, 50), random.uniform(2, 3, 40)),
        "tied": (random.integers(0, 6, 300), random.integers(1, 7, 200)),
        "mostly_zero": (random.poisson(0.1, 400), random.poisson(0.4, 400)),
        "constant": (np.full(30, 3.0), np.full(20, 2.0)),
        "tiny": (np.array([1.0, 2.0]), np.array([1.5])),
        "skewed": (random.lognormal(0, 1, 1000), random.lognormal(0.1, 1.2, 1000)),
    }
    cases = []
    for name, (baseline, current) in samples.items():
        points = [[[float(v), 1.0] for v in side] for side in (baseline, current)]
        result = stats.ks_2samp(baseline, current)
        mine = ks(*points)
        assert abs(result.statistic - mine["statistic"]) < 1e-12, name
        cases.append({"name": name, "baseline": points[0], "current": points[1], "ks": mine, "psi": numeric_psi(*points)})
    weighted = [
        [[float(v), float(w)] for v, w in zip(random.normal(c, 1, 80), random.integers(1, 64, 80))] for c in (0, 0.3)
    ]
    cases.append(
        {"name": "weighted", "baseline": weighted[0], "current": weighted[1], "ks": ks(*weighted), "psi": numeric_psi(*weighted)}
    )
    return cases


def category_cases():
    tables = {
        "similar": ({"a": 100, "b": 200, "c": 300}, {"a": 55, "b": 90, "c": 160}),
        "moved": ({"month": 3875, "one": 1473, "two": 1695}, {"month": 900, "one": 60, "two": 40}),
        "new_category": ({"a": 50, "b": 50}, {"a": 30, "b": 30, "c": 15}),
        "vanished": ({"a": 50, "b": 50, "c": 1}, {"a": 40, "b": 35}),
        "nothing_shared": ({"a": 10}, {"b": 12}),
        "one_category": ({"a": 10}, {"a": 12}),
        "many": ({f"c{i:03}": 5 + i % 7 for i in range(200)}, {f"c{i:03}": 3 + i % 11 for i in range(200)}),
        "huge": ({"a": 1_000_000, "b": 2_000_000}, {"a": 1_010_000, "b": 1_990_000}),
    }
    cases = []
    for name, (baseline, current) in tables.items():
        keys = sorted(set(baseline) | set(current))
        rows = np.array([[side.get(key, 0) for key in keys] for side in (baseline, current)], float)
        statistic, p_value, _, _ = stats.chi2_contingency(rows, correction=False)
        cases.append(
            {
                "name": name,
                "baseline": baseline,
                "current": current,
                "chi_square": {"statistic": float(statistic), "p_value": float(p_value)},
                "psi": psi(rows[0], rows[1]),
            }
        )
    return cases


def gamma_cases():
    cases = []
    for a in [0.5, 1, 1.5, 2, 3.5, 5, 10, 19.5, 20, 20.5, 50, 99.5, 500, 1000.5, 5000, 100000]:
        spread = np.sqrt(a)
        for x in sorted({1e-8, 0.01, a * 0.1, a * 0.5, *(max(a + z * spread, 1e-3) for z in (-8, -4, -1, 0, 1, 2, 5, 9, 20)), a * 2, a + 600}):
            upper, lower = float(special.gammaincc(a, x)), float(special.gammainc(a, x))
            if min(upper, lower) < 1e-290 and max(upper, lower) < 1:
                continue
            cases.append([a, float(x), upper, lower])
    return cases


def main():
    xs = [1e-3, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.81, 0.82, 0.83, 0.9, 1, 1.2, 1.5, 2, 3, 5, 8, 12, 18]
    random = np.random.default_rng(21)
    texts = ["", "a", "123456789", "The quick brown fox", '{"id":"é"}', "x" * 1000]
    texts += ["".join(chr(c) for c in random.integers(32, 1000, n)) for n in (7, 64, 257)]
    TARGET.mkdir(parents=True, exist_ok=True)
    document = {
        "numeric": numeric_cases(),
        "categories": category_cases(),
        "gamma": gamma_cases(),
        "log_gamma": [[a, float(special.gammaln(a))] for a in [0.01, 0.5, 1.5, 2.5, 3.25, 7, 19.9, 20, 21, 150, 1e4]],
        "kolmogorov": [[x, float(special.kolmogorov(x))] for x in xs],
    }
    (TARGET / "statistics.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")
    checksums = [{"text": text, "crc32": zlib.crc32(text.encode())} for text in texts]
    (TARGET / "crc32.json").write_text(json.dumps(checksums, indent=1) + "\n")


if __name__ == "__main__":
    main()
