"""The models that every server is put in front of, and the rows that it is asked for."""

import csv
import itertools
import json
import pathlib
import struct

HERE = pathlib.Path(__file__).resolve().parent
TELCO = HERE.parent.parent / "Tests" / "Fixtures" / "telco"
ROWS_MAX = 1_000
# An answer of Slipway to one row, for the server that answers without a model: the id has 36 characters.
IDENTITY = '"id":"00000000-0000-0000-0000-000000000000"'


class Subject:
    """A model, as its callers see it."""

    def __init__(self, name, title, model, rows, answer, examples=()):
        self.name, self.title, self.model, self.answer, self.examples = name, title, model, answer, examples
        self.records = rows

    def rows(self, count):
        """Some rows of named fields, as a caller types them; they repeat where there are fewer."""
        return list(itertools.islice(itertools.cycle(self.records), count))

    def tensors(self, count):
        """The same rows as the graph's inputs: name, datatype, width, and the cells row by row."""
        rows = self.rows(count)
        if "X_0" in rows[0]:
            return [("X", "FP32", len(rows[0]), [cell for row in rows for cell in row.values()])]
        return [(name, "BYTES" if isinstance(value, str) else "FP32", 1, [row[name] for row in rows])
                for name, value in rows[0].items()]

    def write(self, folder):
        """Writes one row in the forms that the programs which ask read."""
        lines = [json.dumps(row) + "\n" for row in self.records]
        (folder / f"{self.name}.jsonl").write_text("".join(lines), encoding="utf-8")
        tensors = [{"name": name, "datatype": datatype, "shape": [1, width], "data": cells}
                   for name, datatype, width, cells in self.tensors(1)]
        (folder / f"{self.name}.json").write_text(json.dumps(tensors), encoding="utf-8")


def small():
    """A classifier so small that what is compared is the serving, and not the model."""
    with open(TELCO / "rows.csv", encoding="utf-8", newline="") as file:
        rows = [
            {"tenure": float(row["tenure"]), "monthly_charges": float(row["monthly_charges"]),
             "contract": row["contract"]}
            for row in csv.DictReader(file)
        ]
    return Subject(
        "churn", "A small classifier of three fields", TELCO / "good.onnx", rows,
        f'{{{IDENTITY},"model":"churn","version":1,"prediction":"No",'
        '"probabilities":{"No":0.912345678,"Yes":0.087654322}}',
        ["--examples", str(TELCO / "rows.csv"), "--target", "churn"])


def large(models):
    """The model of the budgets: 500 trees of 31 leaves over 20 features, as Benchmarks/models.py trains it."""
    with open(models / "headline" / "rows.f32", "rb") as file:
        rows = [{f"X_{place}": round(cell, 6) for place, cell in enumerate(struct.unpack("<20f", file.read(80)))}
                for _ in range(ROWS_MAX)]
    return Subject(
        "headline", "A regression of 500 trees with 31 leaves over 20 fields", models / "headline" / "model.onnx",
        rows, f'{{{IDENTITY},"model":"headline","version":1,"prediction":1.2345678}}')
