#!/usr/bin/env python3
"""Scores Parquet into Parquet beside a script of pandas and ONNX Runtime and beside DuckDB alone, and prints tables.

The contenders take turns on the same file, each as a process of its own with all cores, start and loading included; a
figure is the median of the rounds. Started by `dev/bench score`, which builds and installs what this needs.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import duckdb
import numpy
import onnx
import onnx.helper
import onnx.numpy_helper
import pyarrow
import pyarrow.parquet

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MARKS = ("<!-- begin: written by dev/bench score --write -->", "<!-- end: written by dev/bench score --write -->")
WIDTH = 20
NAMES = [f"x{index}" for index in range(WIDTH)]
CHUNK = 500_000
# How much of a difference between answers is the order of a sum in single precision.
TOLERANCE = 1e-4


def say(text):
    print(f"dev/bench score: {text}", file=sys.stderr, flush=True)


def write_rows(path, count):
    generator = numpy.random.default_rng(20)
    schema = pyarrow.schema([("id", pyarrow.int64())] + [(name, pyarrow.float64()) for name in NAMES])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, count, CHUNK):
            size = min(CHUNK, count - start)
            columns = [numpy.arange(start, start + size)] + [generator.standard_normal(size) for _ in NAMES]
            writer.write_table(pyarrow.table(columns, schema=schema))


def write_linear(path):
    weights = numpy.random.default_rng(21).standard_normal((WIDTH, 1)).astype(numpy.float32)
    value = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("MatMul", ["X", "weights"], ["variable"])], "linear",
        [value("X", onnx.TensorProto.FLOAT, [None, WIDTH])], [value("variable", onnx.TensorProto.FLOAT, [None, 1])],
        [onnx.numpy_helper.from_array(weights, "weights")])
    onnx.save(onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 15)], ir_version=8), path)


# Starts a program from a small process: one begins with the memory of the one that started it in its account.
START = """
import json, os, sys, time
started = time.monotonic()
silence = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silence)
_, status, usage = os.wait4(process, 0)
seconds = time.monotonic() - started
print(json.dumps([os.waitstatus_to_exitcode(status), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10]))
"""


def run(command):
    """Runs a program to its end; gives its seconds, its processor seconds, and its largest memory in bytes."""
    told = subprocess.run([sys.executable, "-S", "-c", START, *command], stdout=subprocess.PIPE, check=True).stdout
    status, *figures = json.loads(told)
    if status != 0:
        raise SystemExit(f"dev/bench score: {command[0]} ended with {status}")
    return figures


def contenders(arguments, model, rows, folder):
    own = [arguments.slipway, "score", model, "--columns", ",".join(NAMES), "--from", rows, "--to",
           f"{folder}/slipway.parquet", "--keep", "id"]
    script = [sys.executable, str(HERE / "pandas_script.py"), model, rows, f"{folder}/script.parquet"]
    copy = [sys.executable, "-c", f"import duckdb; duckdb.sql(\"COPY (FROM '{rows}') TO '{folder}/copy.parquet'\")"]
    return {"Slipway": own, "pandas + ONNX Runtime": script, "DuckDB, a plain copy": copy}


def check(folder):
    wrong = duckdb.sql(
        f"SELECT count(*) FILTER (abs(a.variable - b.variable) > {TOLERANCE} * greatest(1, abs(b.variable))), count(*) "
        f"FROM '{folder}/slipway.parquet' a JOIN '{folder}/script.parquet' b USING (id)").fetchone()
    if wrong[0] != 0 or wrong[1] == 0:
        raise SystemExit(f"dev/bench score: {wrong[0]} of {wrong[1]} answers differ")


def measured(arguments, model, rows, folder):
    programs, rounds = contenders(arguments, model, rows, folder), {}
    for turn in range(arguments.rounds + 1):
        for name, command in programs.items():
            figures = run(command)
            if turn > 0:
                rounds.setdefault(name, []).append(figures)
    check(folder)
    return rounds


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def mebibytes(count):
    return f"{count / (1 << 20):,.0f} MiB"


def comparison(rounds, count):
    own = statistics.median(figure[0] for figure in rounds["Slipway"])
    rows = []
    for name, figures in rounds.items():
        seconds = [figure[0] for figure in figures]
        ratios = [other / mine[0] for other, mine in zip(seconds, rounds["Slipway"])]
        rows.append([
            name, f"{count / statistics.median(seconds):,.0f}", f"{statistics.median(seconds) / own:.2f}x",
            f"{min(ratios):.2f}..{max(ratios):.2f}", f"{statistics.median(f[1] for f in figures):.2f} s",
            mebibytes(max(figure[2] for figure in figures))])
    return table(["", "rows/s", "time against Slipway's", "by round", "processor time", "largest memory"], rows)


def memory(arguments, model, folder):
    rows = []
    for count in arguments.memory:
        path = f"{folder}/memory.parquet"
        say(f"measuring memory with {count:,} rows")
        write_rows(path, count)
        seconds, _, largest = run(contenders(arguments, model, path, folder)["Slipway"])
        rows.append([f"{count:,}", mebibytes(os.path.getsize(path)), mebibytes(largest), f"{count / seconds:,.0f}"])
        os.unlink(path)
    return table(["rows", "file", "largest memory", "rows/s"], rows)


def report(arguments, folder):
    rows, linear = f"{folder}/rows.parquet", f"{folder}/linear.onnx"
    say(f"writing {arguments.rows:,} rows")
    write_rows(rows, arguments.rows)
    write_linear(linear)
    parts = []
    for title, model in (("500 trees x 31 leaves", arguments.model), ("A linear model", linear)):
        say(f"measuring: {title}")
        rounds = measured(arguments, model, rows, folder)
        parts.append(f"{title}, {WIDTH} columns, {arguments.rows:,} rows:\n\n{comparison(rounds, arguments.rows)}")
    if arguments.memory:
        parts.append(f"Memory by the size of the file, the linear model:\n\n{memory(arguments, linear, folder)}")
    return "\n\n".join(parts)


def main():
    parser = argparse.ArgumentParser(prog="dev/bench score", description=__doc__.split("\n")[0])
    parser.add_argument("--slipway", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--model", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=1_000_000, help="the rows of the file (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="the rounds, after one that does not count (%(default)s)")
    parser.add_argument("--memory", type=int, nargs="*", default=[1_000_000, 5_000_000, 20_000_000],
                        help="the rows of the files that memory is measured with; none to leave it out")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/batch-scoring.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = report(arguments, folder)
    print(text)
    if arguments.write:
        path = ROOT / "docs" / "batch-scoring.md"
        page = path.read_text()
        head, tail = page.split(MARKS[0])[0], page.split(MARKS[1])[1]
        path.write_text(f"{head}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{tail}")


if __name__ == "__main__":
    main()
