"""Names the functions that a server calls from its start to its first answers, in the order of their first calls.

The list goes to standard output, one symbol on each line, as linkers read it. valgrind's callgrind names them.
"""

import argparse
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL = ROOT / "Tests/Fixtures/telco/good.onnx"
ROW = {"tenure": 3, "contract": "Month-to-month", "monthly_charges": 50}
TENSORS = {
    "inputs": [
        {"name": "tenure", "shape": [1, 1], "datatype": "FP32", "data": [3]},
        {"name": "contract", "shape": [1, 1], "datatype": "BYTES", "data": ["Month-to-month"]},
        {"name": "monthly_charges", "shape": [1, 1], "datatype": "FP32", "data": [50]},
    ]
}
PROJECT = """project: layout
environments:
  production: { store: sqlite }
models:
  churn: { target: churn, positive_class: "Yes" }
"""
START_SECONDS_MAX = 300


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(url, body=None):
    request = urllib.request.Request(
        url, data=None if body is None else json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=START_SECONDS_MAX) as answer:
        return answer.read()


def wait_until_ready(url, server):
    end = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < end:
        if server.poll() is not None:
            sys.exit(f"dev/layout.py: the server ended with {server.returncode}")
        try:
            ask(f"{url}/health/ready")
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("dev/layout.py: the server is not ready")


def serve(slipway, folder):
    """Runs a server for a few calls; returns what callgrind wrote."""
    port, profile = free_port(), folder / "callgrind.out"
    command = ["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}", slipway]
    command += ["serve", "--environment", "production", "--port", str(port)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url, server)
        for _ in range(3):
            ask(f"{url}/models/churn/predict", ROW)
        ask(f"{url}/models/churn/predict", [ROW] * 8)
        ask(f"{url}/v2/models/churn/infer", TENSORS)
        ask(f"{url}/metrics")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
    return profile.read_text(errors="replace")


def symbols(profile):
    """The names of functions, without the counts that callgrind gives to those that call themselves."""
    names = re.findall(r"^c?fn=\(\d+\) (\S+)", profile, flags=re.MULTILINE)
    return list(dict.fromkeys(name.split("'")[0] for name in names))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slipway", required=True)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    options = parser.parse_args()
    (options.folder / "slipway.yaml").write_text(PROJECT)
    environment = os.environ | {"SLIPWAY_ACTOR": "layout"}
    for command in (
        ["model", "push", "--name", "churn", "--target", "churn", str(MODEL)],
        ["model", "promote", "churn@1", "--to", "production", "--force", "--reason", "layout"],
    ):
        subprocess.run(
            [options.slipway, *command], cwd=options.folder, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    print("\n".join(symbols(serve(options.slipway, options.folder))))


if __name__ == "__main__":
    main()
