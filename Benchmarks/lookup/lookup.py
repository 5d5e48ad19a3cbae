#!/usr/bin/env python3
"""Asks a server for predictions by key at a set rate, beside predictions with all fields given, and prints a table.

A view of a million keys lies in SQLite, and then in a PostgreSQL that this starts for itself. The server has one
processor to itself and the load generator another one; requests are sent when they are due (an open loop), and the two
ways to ask take turns on the same server. Started by `dev/bench lookup`, which builds and installs what this needs.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "serve"))

import contenders  # noqa: E402
import measures  # noqa: E402
import subjects  # noqa: E402

MARKS = ("<!-- begin: written by dev/bench lookup --write -->", "<!-- end: written by dev/bench lookup --write -->")
CONTRACTS = ("Month-to-month", "One year", "Two year")
# The keys that are asked for where the cache is on, so that it has them all.
HOT_KEYS = 1_000
WARM_UP_SECONDS = 3
# What a look-up may take, in milliseconds, by the store.
BUDGETS = {"SQLite": 1, "PostgreSQL": 3}
PROJECT = """\
project: lookup
environments:
  test: {{ store: "${{STORE}}" }}
  production: {{ store: sqlite }}
sources:
  warehouse: {{ type: sqlite, path: warehouse.db, timeout: 10m }}
features:
  customers:
    from: warehouse
    query: select * from customers
    key: customer_id
    {cache}
models:
  churn: {{ features: customers, target: churn }}
"""


def say(text):
    print(f"dev/bench lookup: {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def postgres(folder):
    """A PostgreSQL of this run alone, reachable through a socket in its folder; gives its URL."""
    programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        sys.exit("dev/bench lookup needs PostgreSQL: apt-get install postgresql")
    place = folder / "postgres"
    place.mkdir()
    user = []
    if os.getuid() == 0:
        # It does not run as root, who hands it to another user, who must get there.
        for parent in (folder, place):
            parent.chmod(0o755)
        shutil.chown(place, "postgres", "postgres")
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    subprocess.run([*user, programs[-1] / "initdb", "-D", "data", "-U", "slipway", "-A", "trust", "-E", "UTF8"],
                   cwd=place, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [*user, programs[-1] / "postgres", "-D", "data", "-k", str(place), "-c", "listen_addresses="], cwd=place,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            if subprocess.run([programs[-1] / "pg_isready", "-q", "-h", place]).returncode == 0:
                break
            time.sleep(0.1)
        yield f"postgres://slipway@{str(place).replace('/', '%2F')}/postgres"
    finally:
        server.terminate()
        server.wait()


def fill(path, count):
    """The warehouse: a customer for each key from 1."""
    connection = sqlite3.connect(path)
    connection.execute(
        "create table customers (customer_id integer primary key, tenure real, monthly_charges real, contract text)")
    connection.executemany(
        "insert into customers values (?, ?, ?, ?)",
        ((key, float(key % 73), 18.0 + key % 1_000 / 10, CONTRACTS[key % 3]) for key in range(1, count + 1)))
    connection.commit()
    connection.close()


class Project:
    """A project with a view of many keys, and a model that looks them up."""

    def __init__(self, slipway, folder, store, count):
        self.slipway, self.folder, self.subject = slipway, folder / "project", subjects.small()
        self.folder.mkdir()
        self.environment = {"STORE": store}
        self.subject.write(self.folder)
        self.set_cache(False)
        say(f"replicating {count:,} keys into both stores")
        fill(self.folder / "warehouse.db", count)
        self.run("model", "push", self.subject.model, "--name", "churn", *self.subject.examples)
        for environment in ("test", "production"):
            self.run("model", "promote", "churn@1", "--to", environment)
            self.run("data", "replicate", "customers", "--to", environment)

    def run(self, *arguments):
        subprocess.run([self.slipway, *map(str, arguments)], cwd=self.folder, check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, **self.environment})

    def set_cache(self, is_on):
        cache = "lookup: { cache: 1h }" if is_on else ""
        (self.folder / "slipway.yaml").write_text(PROJECT.format(cache=cache), encoding="utf-8")

    def server(self, environment):
        return contenders.Running(contenders.Contender(
            f"Slipway {environment}", self.subject, ["rest"],
            [self.slipway, "serve", "--environment", environment, "--port", "PORT"], self.folder, self.environment))

    def asked(self, server, rate, seconds, *what):
        """The latencies of requests at a rate, in milliseconds, and what failed."""
        command = ["taskset", "-c", measures.CLIENT_CORE, self.slipway, "loadtest", f"http://127.0.0.1:{server.port}",
                   "--model", "churn", "--json", "--rate", str(rate), "--duration", f"{seconds}s", *map(str, what)]
        outcome = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if not outcome.stdout:
            sys.exit(f"dev/bench lookup: slipway loadtest failed: {outcome.stderr}")
        result = json.loads(outcome.stdout)["result"]
        if result["failures"]:
            say(f"requests failed: {result['failures']}")
        return {name: result["latency_us"][name] / 1_000 for name in ("p50", "p99")} | {"late": result["client_late"]}


def measure(project, store, is_cached, arguments):
    """A row of the table: by key beside all fields given, round by round."""
    say(f"measuring {store}, cache {'on' if is_cached else 'off'}")
    project.set_cache(is_cached)
    keys = f"1..{HOT_KEYS if is_cached else arguments.keys}"
    ways = {"body": ["--rows", project.folder / "churn.jsonl"], "key": ["--keys", keys]}
    rounds = {name: [] for name in ways}
    with project.server("production" if store == "SQLite" else "test") as server:
        for what in ways.values():
            project.asked(server, arguments.rate, WARM_UP_SECONDS, *what)
        for _ in range(arguments.rounds):
            for name, what in ways.items():
                rounds[name].append(project.asked(server, arguments.rate, arguments.seconds, *what))

    def middle(name, figure):
        return statistics.median(look[figure] for look in rounds[name])

    ratios = [key["p99"] / body["p99"] for key, body in zip(rounds["key"], rounds["body"])]
    late = " (client late)" if any(look["late"] for looks in rounds.values() for look in looks) else ""
    return [
        f"{store}, cache {'on' if is_cached else 'off'}",
        *(f"{middle(name, figure):.2f} ms" for name in ways for figure in ("p50", "p99")),
        f"{middle('key', 'p50') / middle('body', 'p50'):.2f}x", f"{statistics.median(ratios):.2f}x",
        f"{min(ratios):.2f}..{max(ratios):.2f}", f"{BUDGETS[store]} ms{late}",
    ]


def report(arguments, folder):
    with postgres(folder) as store:
        project = Project(arguments.slipway, folder, store, arguments.keys)
        rows = [measure(project, store, is_cached, arguments)
                for store in BUDGETS for is_cached in (False, True)]
    heads = ["store", "p50, all fields given", "p99, all fields given", "p50, by key", "p99, by key", "p50 against given",
             "p99 against given", "by round", "budget of p99"]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return (f"{arguments.keys:,} keys, {arguments.rate:,} requests a second in an open loop, one core for the server, "
            f"{arguments.rounds} rounds of {arguments.seconds} s:\n\n" + "\n".join(lines))


def main():
    parser = argparse.ArgumentParser(prog="dev/bench lookup", description=__doc__, allow_abbrev=False)
    parser.add_argument("--slipway", help=argparse.SUPPRESS)
    parser.add_argument("--keys", type=int, default=1_000_000, help="the rows of the view (%(default)s)")
    parser.add_argument("--rate", type=int, default=2_000, help="the requests of a second (%(default)s)")
    parser.add_argument("--seconds", type=int, default=8, help="how long each way to ask is measured (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often (%(default)s)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/features.md")
    arguments = parser.parse_args()
    if not arguments.slipway:
        return
    if len(os.sched_getaffinity(0)) < 2:
        sys.exit("dev/bench lookup needs two processors: one for the server, one for the client")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="slipway-lookup."))
    try:
        text = report(arguments, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(text)
    if arguments.write:
        path = ROOT / "docs" / "features.md"
        page = path.read_text(encoding="utf-8")
        begin, end = (page.index(mark) for mark in MARKS)
        path.write_text(f"{page[:begin]}{MARKS[0]}\n\n{text}\n\n{page[end:]}", encoding="utf-8")


if __name__ == "__main__":
    main()
