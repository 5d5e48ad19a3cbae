"""Writes the reference figures of the comparison of champion and challenger, computed with scipy and statsmodels.

Run from the root of the repository: python3 dev/references/difference_tests.py
"""

import json
import sys
from pathlib import Path

# Files beside this one are named like modules of the standard library, which must not find them.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

import numpy as np
from scipy import special, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

TARGET = Path("Tests/SlipwayMonitoringTests/Fixtures/differences.json")
CONFIDENCE = 0.95


def numbers(values):
    return [float(value) for value in values]


def paired_cases():
    random = np.random.default_rng(31)
    samples = {
        "better": (random.gamma(2, 1, 200), 0.9),
        "same": (random.normal(0, 1, 50), 1.0),
        "tiny": (np.array([1.0, 2.0, 4.0]), 1.1),
        "far_from_zero": (1e6 + random.normal(0, 1, 300), 1.0),
    }
    cases = []
    for name, (champion, factor) in samples.items():
        challenger = champion * factor + random.normal(0, 0.3, len(champion))
        result = stats.ttest_rel(challenger, champion)
        interval = result.confidence_interval(CONFIDENCE)
        cases.append(
            {
                "name": name, "champion": numbers(champion), "challenger": numbers(challenger),
                "difference": float(np.mean(challenger - champion)), "p_value": float(result.pvalue),
                "low": float(interval.low), "high": float(interval.high),
            }
        )
    return cases


def unpaired_cases():
    random = np.random.default_rng(32)
    samples = {
        "shifted": (random.normal(0, 1, 400), random.normal(0.3, 2, 60)),
        "same": (random.exponential(1, 500), random.exponential(1, 500)),
        "tiny": (np.array([1.0, 2.0]), np.array([1.5, 1.7, 9.0])),
        "disjoint": (random.uniform(0, 1, 40), random.uniform(5, 6, 30)),
    }
    cases = []
    for name, (champion, challenger) in samples.items():
        result = stats.ttest_ind(challenger, champion, equal_var=False)
        interval = result.confidence_interval(CONFIDENCE)
        worse = stats.ttest_ind(challenger, champion * 1.1, equal_var=False, alternative="greater")
        cases.append(
            {
                "name": name, "champion": numbers(champion), "challenger": numbers(challenger),
                "p_value": float(result.pvalue), "low": float(interval.low), "high": float(interval.high),
                "exceeds_by_tenth": float(worse.pvalue),
            }
        )
    return cases


def share_cases():
    """Right answers and rows of the champion, then of the challenger."""
    cases = []
    for champion, challenger in [
        ((880, 1000), (90, 100)), ((70, 100), (40, 100)), ((0, 50), (0, 20)), ((50, 50), (18, 20)),
        ((9_000, 10_000), (1_750, 2_000)), ((1, 3), (2, 3)), ((500, 1000), (500, 1000)),
    ]:
        low, high = confint_proportions_2indep(*challenger, *champion, method="newcomb", alpha=1 - CONFIDENCE)
        with np.errstate(all="ignore"):
            _, p_value = proportions_ztest([challenger[0], champion[0]], [challenger[1], champion[1]])
        # Where no row differs the statistic is 0/0; nothing speaks for a difference then.
        p_value = 1.0 if np.isnan(p_value) else float(p_value)
        cases.append(
            {"champion": champion, "challenger": challenger, "low": float(low), "high": float(high), "p_value": p_value}
        )
    return cases


def mcnemar_cases():
    """Rows by who is right: both, the champion alone, the challenger alone, neither."""
    cases = []
    for both, champion, challenger, neither in [
        (80, 5, 15, 10), (100, 0, 0, 3), (500, 30, 31, 40), (10, 1, 0, 0), (0, 12, 2, 6), (9_000, 300, 200, 500),
    ]:
        table = [[both, champion], [challenger, neither]]
        own = np.repeat([1.0, 0.0, 1.0, 0.0], [both, champion, challenger, neither])
        other = np.repeat([1.0, 1.0, 0.0, 0.0], [both, champion, challenger, neither])
        if np.ptp(own - other) == 0:
            low = high = float(np.mean(own - other))
        else:
            interval = stats.ttest_rel(own, other).confidence_interval(CONFIDENCE)
            low, high = float(interval.low), float(interval.high)
        p_value = float(mcnemar(table, exact=True).pvalue) if champion + challenger else 1.0
        cases.append({"rows": [both, champion, challenger, neither], "low": low, "high": high, "p_value": p_value})
    return cases


def bound_cases():
    """One-sided bounds: half of the error of a two-sided interval lies on each side."""
    cases = []
    for count, trials, level in [
        (0, 100, 0.01), (5, 100, 0.005), (100, 100, 0.01), (1, 3, 0.05), (37, 5_000, 1e-6), (990, 1_000, 0.0025),
        (40, 200_000, 1e-4),
    ]:
        low, high = proportion_confint(count, trials, alpha=2 * level, method="beta")
        cases.append([count, trials, level, float(low), float(high)])
    return cases


def main():
    document = {
        "confidence": CONFIDENCE,
        "paired": paired_cases(),
        "unpaired": unpaired_cases(),
        "shares": share_cases(),
        "mcnemar": mcnemar_cases(),
        "bounds": bound_cases(),
        "beta": [
            [a, b, x, float(special.betainc(a, b, x))]
            for a, b in [(0.5, 0.5), (1, 1), (2.5, 0.5), (50, 0.5), (10, 200), (3, 998), (5e4, 0.5), (2e5, 3e5)]
            for x in (1e-6, 0.01, 0.2, 0.3999, 0.5, 0.9, 0.9999)
            if 1e-280 < special.betainc(a, b, x) < 1
        ],
        "binomial": [
            [k, n, p, float(stats.binom.sf(k - 1, n, p))]
            for k, n, p in [(0, 5, 0.5), (5, 100, 0.01), (10, 100, 0.01), (60, 100, 0.5), (3, 3, 0.1), (150, 10_000, 0.01)]
        ],
        "normal": [[p, float(stats.norm.isf(p))] for p in (0.5, 0.4, 0.05, 0.025, 1e-3, 1e-9, 0.99)],
        "student": [
            [c, v, float(stats.t.ppf(0.5 + c / 2, v))] for c in (0.5, 0.95, 0.999) for v in (1, 2.5, 10, 30.7, 5_000)
        ],
    }
    TARGET.write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
