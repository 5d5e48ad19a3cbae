#!/usr/bin/env python3
"""Writes the Parquet files that the tests read, by the writers that clients use.

- `Tests/Fixtures/parquet/NAME.parquet` and `types.json`: one table of every type that is read, written by Arrow as
  `snappy` (its default), `zstd` (pages of version 2, delta encodings, two groups of rows), `gzip`, `brotli`, `lz4`, and
  `plain` (no compression, no dictionaries), and by DuckDB as `duckdb`. The cells in `types.json` are those of the table
  as it was made; dates and times are ISO 8601.
- `nested.parquet`: a list and a structure beside a number. `frame.parquet`: a frame of pandas with an index,
  `empty.parquet`: the same without rows.
  `case.parquet`: two columns that differ in the case of a letter. `rows.parquet`: a frame of pandas with the fields of
  the models that tests serve, and others. `repeated.parquet`: a text of 8 MiB that stands once, in 10,000 rows.

Needs: pyarrow==26.0.1 pandas==3.1.1 duckdb==1.5.5
"""

import datetime
import decimal
import json
import math
import pathlib

import duckdb
import pandas
import pyarrow
import pyarrow.parquet

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "parquet"
UTC = datetime.timezone.utc
CELLS = {
    "truth": (pyarrow.bool_(), [True, None, False]),
    "int8": (pyarrow.int8(), [-128, None, 127]),
    "int16": (pyarrow.int16(), [-32768, None, 32767]),
    "int32": (pyarrow.int32(), [-(2**31), None, 2**31 - 1]),
    "int64": (pyarrow.int64(), [-(2**63), None, 2**63 - 1]),
    "uint8": (pyarrow.uint8(), [0, None, 255]),
    "uint16": (pyarrow.uint16(), [0, None, 65535]),
    "uint32": (pyarrow.uint32(), [0, None, 2**32 - 1]),
    "uint64": (pyarrow.uint64(), [0, None, 2**63 - 1]),
    "float32": (pyarrow.float32(), [0.5, None, -1.25]),
    "float64": (pyarrow.float64(), [0.1, None, -1e300]),
    "decimal4": (pyarrow.decimal128(4, 1), [decimal.Decimal("-999.9"), None, decimal.Decimal("0.1")]),
    "decimal9": (pyarrow.decimal128(9, 2), [decimal.Decimal("1234567.89"), None, decimal.Decimal("-0.01")]),
    "decimal18": (pyarrow.decimal128(18, 3), [decimal.Decimal("123456789012345.678"), None, decimal.Decimal("0.001")]),
    "decimal38": (
        pyarrow.decimal128(38, 10),
        [decimal.Decimal("-1234567890123456789012345678.0123456789"), None, decimal.Decimal("2.5")],
    ),
    "text": (pyarrow.string(), ["", None, "naïve, longer than twelve bytes 🦆"]),
    "large_text": (pyarrow.large_string(), ["short", None, "twelve bytes"]),
    "category": (pyarrow.dictionary(pyarrow.int8(), pyarrow.string()), ["north", None, "north"]),
    "date": (pyarrow.date32(), [datetime.date(1969, 12, 31), None, datetime.date(2024, 2, 29)]),
    "seconds": (pyarrow.timestamp("s"), [datetime.datetime(1969, 12, 31, 23, 59, 59), None, datetime.datetime(2026, 3, 1)]),
    "milliseconds": (pyarrow.timestamp("ms"), [datetime.datetime(2026, 3, 1, 9, 30, 0, 125000), None, datetime.datetime(1900, 1, 1)]),
    "microseconds": (pyarrow.timestamp("us"), [datetime.datetime(2026, 3, 1, 9, 30, 0, 125001), None, datetime.datetime(1960, 1, 1, 0, 0, 0, 1)]),
    "nanoseconds": (pyarrow.timestamp("ns"), [1_772_357_400_125_001_007, None, 0]),
    "zoned": (
        pyarrow.timestamp("us", tz="Europe/Berlin"),
        [datetime.datetime(2026, 3, 1, 9, 30, tzinfo=UTC), None, datetime.datetime(2026, 7, 1, tzinfo=UTC)],
    ),
    "nothing": (pyarrow.null(), [None, None, None]),
}
EXACT = {"nanoseconds": ["2026-03-01T09:30:00.125001007", None, "1970-01-01T00:00:00"]}
# DuckDB has no column without a type.
OF_ARROW_ALONE = ["nothing"]


def plain(cell):
    if isinstance(cell, decimal.Decimal):
        return float(cell)
    if isinstance(cell, datetime.datetime):
        text = cell.replace(tzinfo=None).isoformat(timespec="microseconds")
        text = text.removesuffix("000000").removesuffix(".") if text.endswith(".000000") else text.removesuffix("000")
        return text + ("Z" if cell.tzinfo else "")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return None if isinstance(cell, float) and math.isnan(cell) else cell


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    table = pyarrow.table({name: pyarrow.array(cells, kind) for name, (kind, cells) in CELLS.items()})
    expected = {name: EXACT.get(name) or [plain(cell) for cell in cells] for name, (_, cells) in CELLS.items()}
    (FOLDER / "types.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")

    def write(name, **options):
        pyarrow.parquet.write_table(table, FOLDER / f"{name}.parquet", **options)

    write("snappy")
    write("zstd", compression="zstd", data_page_version="2.0", row_group_size=2, use_dictionary=False, column_encoding={
        "int64": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY", "large_text": "DELTA_LENGTH_BYTE_ARRAY",
        "float64": "BYTE_STREAM_SPLIT",
    })
    for codec in ("gzip", "brotli", "lz4"):
        write(codec, compression=codec)
    write("plain", compression="none", use_dictionary=False, write_statistics=False)
    typed = table.drop_columns(OF_ARROW_ALONE)
    duckdb.sql("SET TimeZone = 'UTC'")
    duckdb.sql(f"COPY typed TO '{FOLDER / 'duckdb.parquet'}' (FORMAT parquet)")

    nested = pyarrow.table({"number": [1.0], "list": [[1, 2]], "structure": [{"a": 1}]})
    pyarrow.parquet.write_table(nested, FOLDER / "nested.parquet")
    frame = pandas.DataFrame({"age": [64.5, None], "contract": ["month", "year"]}, index=["a", "b"])
    frame.to_parquet(FOLDER / "frame.parquet")
    frame.head(0).to_parquet(FOLDER / "empty.parquet")
    pyarrow.parquet.write_table(pyarrow.table({"Age": [1], "age": [2]}), FOLDER / "case.parquet")
    rows = pandas.DataFrame({
        "age": [64.49103, 9.33202], "income": pandas.array([7.5492744, 9.014442], dtype="float32"),
        "contract": pandas.Categorical(["month", "year"]), "region": ["north", "south"], "tags": [["a"], ["b", "c"]],
    }, index=pandas.Index([7, 8], name="customer"))
    rows.to_parquet(FOLDER / "rows.parquet")
    repeated = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 10_000, pyarrow.int32()), ["0" * (8 << 20)])
    pyarrow.parquet.write_table(
        pyarrow.table({"text": repeated}), FOLDER / "repeated.parquet", compression="zstd", write_statistics=False,
        dictionary_pagesize_limit=1 << 30)


if __name__ == "__main__":
    main()
