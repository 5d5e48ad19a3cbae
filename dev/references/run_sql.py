"""Runs queries in a real database and prints their answers; the tests of the SQL compiler compare them.

Run: python3 dev/references/run_sql.py duckdb|sqlite|postgres < request.json > answers.json

The request is a list of {"name", "columns": [{"name", "type"}], "rows": [[cell, …], …], "query"}; a type is number,
whole, text or truth, a cell is null or a text, and every query reads a table `t` with these columns and a column `id`.
The answer has for each name {"columns": […], "rows": [[cell, …], …]} or {"error": "…"}. The database starts once.
PostgreSQL runs in a folder of its own, reachable through a socket in that folder only, and ends with this program.
"""

import contextlib
import json
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile

POSTGRES_FOLDERS = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
TYPES = {
    "duckdb": {"number": "DOUBLE", "whole": "BIGINT", "text": "VARCHAR", "truth": "BOOLEAN"},
    "sqlite": {"number": "REAL", "whole": "INTEGER", "text": "TEXT", "truth": "INTEGER"},
    "postgres": {"number": "double precision", "whole": "bigint", "text": "text", "truth": "boolean"},
}


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def parsed(cell, kind):
    if cell is None or kind == "text":
        return cell
    if kind == "number":
        return float(cell)
    return int(cell) if kind == "whole" else cell == "true"


def written(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def table(case, dialect):
    columns = ["id INTEGER"] + [f"{quoted(c['name'])} {TYPES[dialect][c['type']]}" for c in case["columns"]]
    return f"({', '.join(columns)})"


def records(case):
    kinds = [column["type"] for column in case["columns"]]
    return [[index] + [parsed(*pair) for pair in zip(row, kinds)] for index, row in enumerate(case["rows"])]


def fill(connection, dialect, case):
    marks = "(" + ", ".join("?" * (len(case["columns"]) + 1)) + ")"
    if dialect == "sqlite":
        connection.executemany(f"INSERT INTO t VALUES {marks}", records(case))
        return
    # DuckDB is made for columns: one statement with all rows is many times faster than a statement per row.
    rows = records(case)
    connection.execute(f"INSERT INTO t VALUES {', '.join([marks] * len(rows))}", sum(rows, []))


def run_in(connect, dialect, cases):
    answers = {}
    connection = connect()
    for case in cases:
        try:
            connection.execute("DROP TABLE IF EXISTS t")
            connection.execute(f"CREATE TABLE t {table(case, dialect)}")
            fill(connection, dialect, case)
            cursor = connection.execute(case["query"])
            names = [column[0] for column in cursor.description]
            rows = sorted(cursor.fetchall())
            answers[case["name"]] = {"columns": names, "rows": [[written(cell) for cell in row] for row in rows]}
        except Exception as error:  # The database's own words are what a failing test should show.
            answers[case["name"]] = {"error": f"{type(error).__name__}: {error}"[:400]}
    return answers


@contextlib.contextmanager
def postgres():
    """A server of its own; PostgreSQL refuses to run as root, so root hands it to another user."""
    bin_folder = POSTGRES_FOLDERS[0]
    folder = tempfile.mkdtemp(prefix="slipway-postgres-")
    prefix = []
    if os.geteuid() == 0:
        user = next(name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()})
        shutil.chown(folder, user)
        prefix = ["runuser", "-u", user, "--"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": folder}
    data = f"{folder}/data"
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c jit=off"
    try:
        subprocess.run(
            prefix + [bin_folder / "initdb", "-D", data, "-U", "slipway", "-A", "trust", "-E", "UTF8", "--locale=C"]
            + ["--no-sync"], **quiet)
        subprocess.run(prefix + [bin_folder / "pg_ctl", "-D", data, "-o", options, "-w", "start"], **quiet)
        try:
            yield prefix + ["psql", "-h", folder, "-U", "slipway", "-d", "postgres", "-X", "-q"]
        finally:
            subprocess.run(prefix + [bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cell_text(value):
    if value is None:
        return "\\N"
    text = written(value)
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def run_in_postgres(cases):
    answers = {}
    with postgres() as client:
        script = []
        for index, case in enumerate(cases):
            query = case["query"].strip().rstrip(";")
            script.append(f"DROP TABLE IF EXISTS t;\nCREATE TABLE t {table(case, 'postgres')};\nCOPY t FROM STDIN;")
            script += ["\t".join(cell_text(cell) for cell in row) for row in records(case)] + ["\\."]
            script.append(f"\\echo @@@{index}")
            script.append(f"CREATE TEMPORARY TABLE answer AS\n{query};")
            # The marks of the format never occur in JSON, so each line is one object as it stands.
            marks = "(FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\x02')"
            script.append(f"COPY (SELECT row_to_json(answer) FROM answer ORDER BY id) TO STDOUT {marks};")
            script.append("DROP TABLE IF EXISTS answer;")
        result = subprocess.run(
            client, input="\n".join(script) + "\n", capture_output=True, text=True, check=False, cwd="/")
        parts = result.stdout.split("@@@")[1:]
        errors = [line for line in result.stderr.splitlines() if "ERROR" in line]
        for case, part in zip(cases, parts):
            lines = [line for line in part.splitlines()[1:] if line]
            rows = [json.loads(line, parse_float=str, parse_int=str) for line in lines]
            if rows or not case["rows"]:
                cells = [[None if v is None else written(v) for v in row.values()] for row in rows]
                answers[case["name"]] = {"columns": list(rows[0]) if rows else [], "rows": cells}
            else:
                answers[case["name"]] = {"error": "; ".join(errors)[:600]}
    return answers


def main():
    dialect = sys.argv[1]
    cases = json.load(sys.stdin)
    if dialect == "duckdb":
        import duckdb

        answers = run_in(duckdb.connect, dialect, cases)
    elif dialect == "sqlite":
        import sqlite3

        answers = run_in(lambda: sqlite3.connect(":memory:"), dialect, cases)
    else:
        answers = run_in_postgres(cases)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
