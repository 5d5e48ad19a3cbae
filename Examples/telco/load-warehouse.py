#!/usr/bin/env python3
"""Fills the example's warehouse, a SQLite file, with the customers of customers.csv.

    python3 load-warehouse.py               all rows
    python3 load-warehouse.py --rows 2000   only the first 2,000, as if the later customers had not come yet

Beside the table `customers` stands `contacts`, with a telephone number for each, which is made up here: 555-01… belongs to
nobody. It can be run again at any time: the tables are made anew in one transaction, so a reader sees the old rows or the
new ones. Only Python's standard library is used.
"""

import argparse
import csv
import itertools
import pathlib
import sqlite3
import sys

HERE = pathlib.Path(__file__).resolve().parent
INTEGERS = {
    "customer_id", "female", "senior_citizen", "partner", "dependents", "tenure", "phone_service", "paperless_billing",
}
REALS = {"monthly_charges", "total_charges"}


def main():
    parser = argparse.ArgumentParser(description="Fill the warehouse of the telco example from a CSV file.")
    parser.add_argument("--rows", type=int, help="load only the first ROWS rows")
    parser.add_argument("--from", dest="source", default=HERE / "customers.csv", help="CSV file (default: customers.csv)")
    parser.add_argument("--database", default=HERE / "warehouse.db", help="SQLite file (default: warehouse.db)")
    options = parser.parse_args()
    if options.rows is not None and options.rows < 1:
        parser.error("--rows must be at least 1")
    try:
        with open(options.source, newline="", encoding="utf-8") as file:
            lines = csv.DictReader(file)
            columns = lines.fieldnames or []
            rows = [[value(line, name) for name in columns] for line in itertools.islice(lines, options.rows)]
        if "customer_id" not in columns or not rows:
            raise ValueError(f"{options.source} holds no customers with a customer_id")
        fill(options.database, columns, rows)
    except (OSError, ValueError, TypeError, sqlite3.Error) as error:
        sys.exit(f"load-warehouse.py: {error}")
    print(f"loaded {len(rows)} customers into {options.database}")


def column_type(name):
    return "INTEGER" if name in INTEGERS else "REAL" if name in REALS else "TEXT"


def value(line, name):
    """The cell as a value of its column's type; an empty cell is NULL."""
    text = line[name]
    if text == "":
        return None
    return {"INTEGER": int, "REAL": float, "TEXT": str}[column_type(name)](text)


def phone(customer_id):
    return f"+1 {200 + customer_id % 700}-555-01{customer_id % 100:02}"


def fill(database, columns, rows):
    definitions = [f'"{name}" {column_type(name)}' + (" PRIMARY KEY" if name == "customer_id" else "") for name in columns]
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DROP TABLE IF EXISTS customers")
        connection.execute(f"CREATE TABLE customers ({', '.join(definitions)})")
        connection.executemany(f"INSERT INTO customers VALUES ({', '.join('?' * len(columns))})", rows)
        connection.execute("DROP TABLE IF EXISTS contacts")
        connection.execute("CREATE TABLE contacts (customer_id INTEGER PRIMARY KEY, phone TEXT)")
        keys = [row[columns.index("customer_id")] for row in rows]
        connection.executemany("INSERT INTO contacts VALUES (?, ?)", ((key, phone(key)) for key in keys))
        connection.execute("COMMIT")
    finally:
        connection.close()


if __name__ == "__main__":
    main()
