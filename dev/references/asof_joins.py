"""Writes the reference figures of point-in-time joins, computed by pandas.merge_asof.

Run: python3 dev/references/asof_joins.py
"""

import json
import pathlib

import numpy as np
import pandas as pd

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests" / "SlipwayDataTests" / "Fixtures"
START = pd.Timestamp("2026-01-01T00:00:00Z")


def text(moments):
    return [moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for moment in moments]


def cells(column):
    return [None if pd.isna(cell) else cell.item() if hasattr(cell, "item") else cell for cell in column]


def case(random, name, rows, steps, keys, spread, max_age=None, text_keys=False):
    """Rows and a history at moments from a small set, so that many are equal to the microsecond."""

    def moments(count):
        seconds = random.integers(0, spread, count)
        microseconds = random.choice([0, 0, 1, 500_000], count)
        return [START + pd.Timedelta(int(s), "s") + pd.Timedelta(int(u), "us") for s, u in zip(seconds, microseconds)]

    def key(number):
        return f"k{number}" if text_keys else int(number)

    left = pd.DataFrame({
        "id": range(rows),
        "key": [key(n) for n in random.integers(0, keys, rows)],
        "observed_at": moments(rows),
    })
    right = pd.DataFrame({
        # Some keys have no history, and some histories belong to nobody.
        "key": [key(n) for n in random.integers(keys // 4, keys + 2, steps)],
        "changed_at": moments(steps),
        "score": np.round(random.normal(0, 1, steps), 3),
        "plan": random.choice(["basic", "plus", None], steps),
    }).drop_duplicates(["key", "changed_at"]).reset_index(drop=True)
    joined = pd.merge_asof(
        left.sort_values("observed_at", kind="stable"), right.sort_values("changed_at", kind="stable"),
        left_on="observed_at", right_on="changed_at", by="key", direction="backward", allow_exact_matches=True,
        tolerance=None if max_age is None else pd.Timedelta(max_age, "ms"),
    ).sort_values("id")
    return {
        "name": name,
        "max_age_milliseconds": max_age,
        "rows": {"key": cells(left["key"]), "observed_at": text(left["observed_at"])},
        "history": {
            "key": cells(right["key"]), "changed_at": text(right["changed_at"]),
            "score": cells(right["score"]), "plan": cells(right["plan"]),
        },
        "joined": {"score": cells(joined["score"]), "plan": cells(joined["plan"])},
    }


def main():
    random = np.random.default_rng(7)
    cases = [
        case(random, "many_steps", 120, 200, 8, 40),
        case(random, "few_steps", 80, 12, 10, 1000),
        case(random, "with_an_age", 120, 150, 6, 60, max_age=3_500),
        case(random, "with_an_age_of_a_step", 80, 150, 4, 20, max_age=500),
        case(random, "text_keys", 60, 80, 5, 30, text_keys=True),
    ]
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / "asof-joins.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
