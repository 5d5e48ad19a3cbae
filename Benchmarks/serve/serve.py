#!/usr/bin/env python3
"""Puts Slipway and other servers of the same model under load, one after the other, and prints tables.

Each server has one processor to itself and the load generator another one, so a figure is what one core serves. The
highest rate is what h2load gets over connections that never rest; latencies are those that slipway loadtest sees at a
half of it. Started by `dev/bench serve`, which builds and installs what this needs.
"""

import argparse
import os
import pathlib
import re
import shutil
import sys
import tempfile

import contenders
import measures
import subjects

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MARKS = ("<!-- begin: written by dev/bench serve --write -->", "<!-- end: written by dev/bench serve --write -->")
PROTOCOLS = {"rest": "REST, named fields", "oip": "Open Inference Protocol, JSON",
             "grpc": "Open Inference Protocol, gRPC, typed", "raw": "Open Inference Protocol, gRPC, raw tensors",
             "stream": "gRPC, typed, on an open stream"}
# The rows of a call where protocols are compared beside single ones, and how long each is measured, in seconds.
BATCHES = (10, 100, 1_000)
BATCH_SECONDS_MAX = 3
# How much more memory a soak may take in its last three tenths than in its third one: a share, and bytes.
GROWTH_MAX = (0.05, 4 << 20)


def say(text):
    print(f"dev/bench serve: {text}", file=sys.stderr, flush=True)


def mebibytes(count):
    return f"{count / (1 << 20):,.0f} MiB"


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def measure(slipway, contender, seconds, python):
    say(f"measuring {contender.name} with {contender.subject.name}")
    with contenders.Running(contender) as server:
        fresh, asked = server.memory(), contender.protocols
        singles = {protocol: measures.highest_rate(server, protocol, seconds) for protocol in asked}
        batches = {} if len(asked) == 1 else {
            (protocol, count): measures.highest_rate(server, protocol, min(seconds, BATCH_SECONDS_MAX), count)
            for protocol in asked for count in BATCHES}
        half = measures.load(slipway, server, asked[0], singles[asked[0]][0] / 2, 2 * seconds)
        used = server.memory()
        if "grpc" in singles and python:
            singles["stream"] = (None, measures.stream_cost(server, python))
        return {"name": contender.name, "start": server.start_seconds, "fresh": fresh, "used": used,
                "singles": singles, "batches": batches, "half": half}


def comparison(results):
    own, rows = results[0], []
    for result in results:
        first, (rate, _) = next(iter(result["singles"].items()))
        half = result["half"]["result"]
        late = " (client late)" if half["client_late"] else ""
        ratio = own["singles"][first][0] / rate
        rows.append([
            result["name"], PROTOCOLS[first], f"{rate:,.0f}", f"{ratio:.2f}x",
            f"{half['latency_us']['p50'] / 1000:.2f} ms{late}", f"{half['latency_us']['p99'] / 1000:.2f} ms{late}",
            mebibytes(result["fresh"]), mebibytes(result["used"]), f"{result['start']:.2f} s",
        ])
    return table(
        ["server, on one core", "asked by", "requests/s", "Slipway's over its", "p50 at half of them",
         "p99 at half of them", "memory, fresh", "memory, used", "start to first answer"], rows)


def protocols(own):
    rows = []
    for protocol, (rate, spent) in own["singles"].items():
        batches = [own["batches"].get((protocol, count)) for count in BATCHES]
        rows.append(
            [PROTOCOLS[protocol], f"{rate:,.0f}" if rate else "", f"{spent * 1e6:,.0f} µs"]
            + [f"{batch[1] * 1e6:,.0f} µs" if batch else "" for batch in batches]
            + [f"{BATCHES[-1] * batches[-1][0]:,.0f}" if batches[-1] else ""])
    return f"{own['name']} by each of its protocols: the processor time of a call by how many rows it has.\n\n" + table(
        ["asked by", "calls/s of 1 row", "1 row", *(f"{count:,} rows" for count in BATCHES),
         f"rows/s in calls of {BATCHES[-1]:,}"], rows)


def soak(slipway, contender, seconds, rate):
    """The table of a soak, and what is wrong with it."""
    say(f"soaking for {seconds} s at {rate:,.0f} requests/s")
    looks, failures = measures.soak(slipway, contender, seconds, rate)
    early, late = looks[2][0], max(size for size, _ in looks[7:])
    share, count = GROWTH_MAX
    failed = ", ".join(f"{count} {kind}" for kind, count in failures.items())
    problems = [f"requests failed: {failed}"] if failed else []
    if late - early > max(share * early, count):
        problems.append(f"memory grew from {mebibytes(early)} to {mebibytes(late)}")
    rows = [
        [str(tenth), f"{size / (1 << 20):,.1f} MiB", f"{p99 / 1000:.2f} ms"]
        for tenth, (size, p99) in enumerate(looks, start=1)
    ]
    text = (f"{rate:,.0f} requests a second, half of the highest rate, for {seconds} s; "
            f"failed: {failed or 'none'}.\n\n" + table(["tenth of the time", "memory of its own", "p99"], rows)
            + f"\n\nFrom the third tenth to the largest of the last three: {(late / early - 1) * 100:+.1f} %.")
    return text, problems


def parts(arguments, folder):
    """The texts, one after the other, and what is wrong."""
    venv = arguments.venv.absolute()
    python = None if arguments.alone else venv / "bin" / "python"
    small, rate = None, 0
    for subject in [subjects.small()] + ([] if arguments.small else [subjects.large(arguments.models.absolute())]):
        own = contenders.slipway(arguments.slipway, subject, folder)
        every = [own] + ([] if arguments.alone else contenders.others(venv, subject, folder))
        results = [measure(arguments.slipway, contender, arguments.seconds, python) for contender in every]
        if small is None:
            small, rate = own, results[0]["singles"]["rest"][0]
        yield f"### {subject.title}", []
        yield comparison(results), []
        yield protocols(results[0]), []
    if arguments.idle or arguments.soak:
        yield "### Many connections, and a long time", []
    if arguments.idle:
        say(f"opening {arguments.idle:,} connections")
        before, after = measures.idle(contenders.http_alone(small), arguments.idle)
        each = (after - before) / arguments.idle / 1024
        yield (f"{arguments.idle:,} connections, idle after one prediction each: {mebibytes(before)} before, "
               f"{mebibytes(after)} with them, {each:.1f} KiB each."), []
    if arguments.soak:
        yield soak(arguments.slipway, small, arguments.soak, rate / 2)


def write(path, text):
    document = path.read_text(encoding="utf-8")
    begin, end = (document.index(mark) for mark in MARKS)
    path.write_text(document[:begin] + MARKS[0] + "\n\n" + text + "\n\n" + document[end:], encoding="utf-8")


def seconds(text):
    found = re.fullmatch(r"(\d+)(s|m|h)", text)
    if not found:
        raise argparse.ArgumentTypeError("write 30s, 5m, or 1h")
    return int(found[1]) * {"s": 1, "m": 60, "h": 3600}[found[2]]


def options():
    parser = argparse.ArgumentParser(prog="dev/bench serve", description=__doc__, allow_abbrev=False)
    # What dev/bench says; without it, the options are looked at and nothing is measured.
    parser.add_argument("--slipway", help=argparse.SUPPRESS)
    parser.add_argument("--venv", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--models", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=int, default=8, help="how long each server is asked as often as it answers")
    parser.add_argument("--alone", action="store_true", help="without the servers of others")
    parser.add_argument("--small", action="store_true", help="without the model of 500 trees, which must be trained")
    parser.add_argument("--idle", type=int, default=10_000, help="idle connections to open; 0 for none")
    parser.add_argument("--soak", type=seconds, help="how long half of the highest rate is kept: 5m")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/serving-performance.md")
    return parser.parse_args()


def main():
    arguments = options()
    if not arguments.slipway:
        return
    if len(os.sched_getaffinity(0)) < 2:
        sys.exit("dev/bench serve needs two processors: one for the server, one for the client")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="slipway-serve."))
    try:
        texts, problems = [], []
        for text, found in parts(arguments, folder):
            print(text, end="\n\n", flush=True)
            texts.append(text)
            problems += found
        if arguments.write:
            write(ROOT / "docs" / "serving-performance.md", "\n\n".join(texts))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if problems:
        sys.exit("dev/bench serve: " + "; ".join(problems))


if __name__ == "__main__":
    main()
