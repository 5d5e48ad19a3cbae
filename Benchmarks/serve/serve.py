#!/usr/bin/env python3
"""Runs slipway loadtest against Slipway and other servers of the same model, one after the other, and prints tables.

Each server has one processor to itself and the load generator another one, so a figure is what one core serves. Started
by `dev/bench serve`, which builds and installs what this needs.
"""

import argparse
import csv
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = ROOT / "Tests" / "Fixtures" / "telco"
SERVER_CORE, CLIENT_CORE = "0", "1"
START_SECONDS_MAX = 120
MARKS = ("<!-- begin: written by dev/bench serve --write -->", "<!-- end: written by dev/bench serve --write -->")


class Contender:
    """A server under test: how it is started, and by which protocol it is asked."""

    def __init__(self, name, protocol, command, ready, environment=None, folder=None):
        self.name, self.protocol, self.command, self.ready = name, protocol, command, ready
        self.environment, self.folder = environment or {}, folder
        self.rows = pathlib.Path(folder, "rows.jsonl")

    def start(self, port):
        command = ["taskset", "-c", SERVER_CORE] + [part.replace("PORT", str(port)) for part in self.command]
        environment = {**os.environ, **{name: value.replace("PORT", str(port)) for name, value in self.environment.items()}}
        log = open(self.folder / f"{re.sub('[^a-z]', '', self.name.lower())}.log", "wb")
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True)
        while time.monotonic() - began < START_SECONDS_MAX:
            if process.poll() is not None:
                words = pathlib.Path(log.name).read_text(errors="replace")[-1_000:]
                sys.exit(f"{self.name} ended at once: {words}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{self.ready}", timeout=1) as answer:
                    if answer.status == 200:
                        return process, time.monotonic() - began
            except OSError:
                pass
            time.sleep(0.005)
        sys.exit(f"{self.name} does not answer")


def stop(process):
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def members(pid):
    """A process and those that it started."""
    found, queue = [], [pid]
    while queue:
        found.append(queue.pop())
        for children in pathlib.Path(f"/proc/{found[-1]}/task").glob("*/children"):
            queue += [int(child) for child in children.read_text().split()]
    return found


def memory(pid):
    """The memory that a server and its processes use, in bytes; pages that several of them share count by their share."""
    total = 0
    for member in members(pid):
        try:
            for line in pathlib.Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        except OSError:
            pass  # It ended meanwhile.
    return total


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def load(slipway, contender, port, *options):
    command = ["taskset", "-c", CLIENT_CORE, slipway, "loadtest", f"http://127.0.0.1:{port}", "--model", "churn",
               "--protocol", contender.protocol, "--rows", str(contender.rows), "--json", *options]
    outcome = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if not outcome.stdout:
        sys.exit(f"slipway loadtest failed against {contender.name}: {outcome.stderr}")
    return json.loads(outcome.stdout)


def project(slipway, folder):
    """A project of one model, in production."""
    folder.mkdir()
    for name in ("good.onnx", "rows.csv"):
        shutil.copy(FIXTURES / name, folder)
    (folder / "slipway.yaml").write_text("project: bench\nenvironments:\n  production: { store: sqlite }\n")
    for arguments in (
        ["model", "push", "good.onnx", "--name", "churn", "--examples", "rows.csv", "--target", "churn"],
        ["model", "promote", "churn@1", "--to", "production"],
    ):
        subprocess.run([slipway] + arguments, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def write_rows(path):
    """The rows that every server is asked for: the fields of the model, as a caller types them."""
    with open(FIXTURES / "rows.csv", encoding="utf-8", newline="") as file:
        rows = [
            {"tenure": float(row["tenure"]), "monthly_charges": float(row["monthly_charges"]), "contract": row["contract"]}
            for row in csv.DictReader(file)
        ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def contenders(slipway, venv, folder):
    project(slipway, folder / "slipway")
    for place in (folder, folder / "slipway"):
        write_rows(place / "rows.jsonl")
    serve = [slipway, "serve", "--port", "PORT"]
    model = str(FIXTURES / "good.onnx")
    answer = '{"id":"01k0000000000000000000000000","model":"churn","version":1,"prediction":"No",' \
        '"probabilities":{"No":0.912345678,"Yes":0.087654322}}'
    (folder / "nginx.conf").write_text(
        "daemon off; worker_processes 1; pid nginx.pid; error_log stderr;\n"
        "events { worker_connections 20000; }\n"
        "http { access_log off; keepalive_requests 1000000000; client_body_temp_path body; proxy_temp_path proxy;\n"
        " fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
        f" server {{ listen 127.0.0.1:LISTEN backlog=4096; location / {{ default_type application/json; return 200 '{answer}'; }} }} }}\n")
    mlserver = folder / "mlserver"
    mlserver.mkdir()
    shutil.copy(HERE / "mlserver_model.py", mlserver)
    (mlserver / "model-settings.json").write_text(json.dumps(
        {"name": "churn", "implementation": "mlserver_model.ONNXModel", "parameters": {"uri": model}}))
    (mlserver / "settings.json").write_text(json.dumps({"parallel_workers": 0, "debug": False}))
    python = venv / "bin"
    nginx = "sed s/LISTEN/$0/ nginx.conf > nginx.$0.conf && exec nginx -p . -c nginx.$0.conf"
    return [
        Contender("Slipway", "rest", serve, "/health/ready", folder=folder / "slipway"),
        Contender("Slipway, OIP", "oip", serve, "/health/ready", folder=folder / "slipway"),
        Contender(
            "FastAPI + ONNX Runtime", "rest",
            [f"{python}/uvicorn", "fastapi_app:app", "--port", "PORT", "--no-access-log", "--app-dir", str(HERE)],
            "/health/live", {"SERVE_MODEL": model}, folder),
        Contender(
            "MLServer + ONNX Runtime", "oip", [f"{python}/mlserver", "start", str(mlserver)], "/v2/models/churn/ready",
            {"MLSERVER_HTTP_PORT": "PORT", "MLSERVER_GRPC_PORT": str(free_port()), "MLSERVER_METRICS_PORT": str(free_port()),
             "MLSERVER_HOST": "127.0.0.1", "PYTHONPATH": str(mlserver), "PATH": f"{python}:{os.environ['PATH']}"}, folder),
        Contender("nginx, a fixed answer", "rest", ["sh", "-c", nginx, "PORT"], "/", folder=folder),
    ]


def measure(slipway, contender, seconds):
    port = free_port()
    process, start = contender.start(port)
    try:
        fresh = memory(process.pid)
        found = {}
        for limit in ("5ms", "50ms"):
            report = load(slipway, contender, port, "--find-rate", "--rate", "200", "--p99", limit,
                          "--duration", f"{seconds}s", "--connections", "64")
            found[limit] = report
            time.sleep(1)
        top = found["50ms"]["rate_found"]
        half = load(slipway, contender, port, "--rate", str(max(top / 2, 1)), "--duration", f"{3 * seconds}s") if top else None
        return {"name": contender.name, "start": start, "fresh": fresh, "used": memory(process.pid),
                "rates": {limit: report["rate_found"] for limit, report in found.items()},
                "late": any(report["client_late"] for report in found.values()), "half": half}
    finally:
        stop(process)


def idle(contender, count):
    """The memory that idle connections take, after each has been answered once."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(count + 1_000, hard), hard))
    port = free_port()
    process, _ = contender.start(port)
    connections = []
    try:
        before = memory(process.pid)
        request = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", port), timeout=20)
            connection.sendall(request)
            connections.append(connection)
        for connection in connections:
            connection.recv(4096)
        return before, memory(process.pid)
    finally:
        for connection in connections:
            connection.close()
        stop(process)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def soak(slipway, contender, seconds, rate):
    """Memory over time at a rate, looked at ten times."""
    port = free_port()
    process, _ = contender.start(port)
    looks, failed = [], 0
    try:
        load(slipway, contender, port, "--rate", str(rate), "--duration", "5s")
        for look in range(10):
            report = load(slipway, contender, port, "--rate", str(rate), "--duration", f"{max(1, seconds // 10)}s")
            failed += sum(report["result"]["failures"].values())
            looks.append((memory(process.pid), report["result"]["latency_us"]["p99"]))
        return looks, failed
    finally:
        stop(process)


def mebibytes(count):
    return f"{count / (1 << 20):,.0f} MiB"


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def rate_text(rate):
    return "none" if rate is None else f"{rate:,.0f}"


def ratio(own, other):
    return "" if not own or not other else f"{own / other:.1f}x"


def comparison(results):
    own = results[0]
    rows = []
    for result in results:
        half = result["half"]["result"]["latency_us"] if result["half"] else None
        rows.append([
            result["name"] + (" (client late)" if result["late"] else ""),
            rate_text(result["rates"]["5ms"]), rate_text(result["rates"]["50ms"]),
            ratio(own["rates"]["50ms"], result["rates"]["50ms"]),
            f"{half['p50'] / 1000:.2f} ms" if half else "", f"{half['p99'] / 1000:.2f} ms" if half else "",
            mebibytes(result["used"]), f"{result['start']:.2f} s",
        ])
    return table(
        ["server, on one core", "requests/s at p99 ≤ 5 ms", "at p99 ≤ 50 ms", "Slipway's rate over its", "p50 at half of it",
         "p99 at half of it", "memory after", "start-up"], rows)


def parts(arguments, slipway, venv, folder):
    every = contenders(slipway, venv, folder)
    chosen = [one for one in every if not arguments.only or any(word in one.name.lower() for word in arguments.only)]
    results = []
    for contender in chosen:
        print(f"measuring {contender.name}", file=sys.stderr, flush=True)
        results.append(measure(slipway, contender, arguments.seconds))
    yield comparison(results)
    own = every[0]
    if arguments.idle:
        before, after = idle(own, arguments.idle)
        yield (f"{arguments.idle:,} idle connections: {mebibytes(before)} before, {mebibytes(after)} with them, "
               f"{(after - before) / arguments.idle / 1024:.1f} KiB each.")
    if arguments.soak:
        top = results[0]["rates"]["50ms"] or 200
        looks, failed = soak(slipway, own, arguments.soak, max(top / 2, 1))
        text = table(["tenth of the time", "memory", "p99"], [
            [str(index + 1), mebibytes(size), f"{p99 / 1000:.2f} ms"] for index, (size, p99) in enumerate(looks)])
        early, late = looks[2][0], max(size for size, _ in looks[7:])
        yield (f"Half of the highest rate for {arguments.soak} s, {failed} failed:\n\n{text}\n\n"
               f"From the third tenth to the largest of the last three: {(late / early - 1) * 100:+.1f} %.")


def write(path, text):
    document = path.read_text(encoding="utf-8")
    begin, end = (document.index(mark) for mark in MARKS)
    path.write_text(document[:begin] + MARKS[0] + "\n\n" + text + "\n\n" + document[end:], encoding="utf-8")


def seconds(text):
    found = re.fullmatch(r"(\d+)(s|m|h)", text)
    if not found:
        raise argparse.ArgumentTypeError("write 30s, 5m, or 1h")
    return int(found[1]) * {"s": 1, "m": 60, "h": 3600}[found[2]]


def main():
    parser = argparse.ArgumentParser(prog="dev/bench serve", description=__doc__)
    parser.add_argument("--slipway", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--venv", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=int, default=5, help="how long each rate is kept")
    parser.add_argument("--only", action="append", help="a word of a server's name; may be repeated")
    parser.add_argument("--idle", type=int, default=10_000, help="idle connections to open; 0 for none")
    parser.add_argument("--soak", type=seconds, help="how long half of the highest rate is kept: 5m")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/serving-performance.md")
    arguments = parser.parse_args()
    if len(os.sched_getaffinity(0)) < 2:
        sys.exit("dev/bench serve needs two processors: one for the server, one for the client")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="slipway-serve."))
    try:
        texts = []
        for text in parts(arguments, arguments.slipway, arguments.venv.absolute(), folder):
            print(text, end="\n\n", flush=True)
            texts.append(text)
        if arguments.write:
            write(ROOT / "docs" / "serving-performance.md", "\n\n".join(texts))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
