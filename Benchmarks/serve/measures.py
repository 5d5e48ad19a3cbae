"""What is measured of a running server."""

import collections
import json
import pathlib
import re
import resource
import socket
import subprocess
import sys

from contenders import Running
from messages import GRPC

HERE = pathlib.Path(__file__).resolve().parent
CLIENT_CORE = "1"
CONNECTIONS = 64


def highest_rate(server, protocol, seconds, row_count=1):
    """How often a second one core answers when every connection asks again at once, and its processor time for each."""
    message = server.contender.message(protocol, row_count)
    body = server.contender.folder / f"{protocol}.body"
    body.write_bytes(message.body)
    port = server.grpc_port if protocol in GRPC else server.port
    command = ["taskset", "-c", CLIENT_CORE, "h2load", f"--clients={CONNECTIONS}", "--threads=1", f"--data={body}",
               f"http://127.0.0.1:{port}{message.path}"] + ([] if protocol in GRPC else ["--h1"])
    for header in message.headers:
        command += ["--header", ": ".join(header)]
    for duration in (1, seconds):  # The first is for warming up.
        begin = server.processor_seconds()
        text = subprocess.run(
            command + [f"--duration={duration}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
        spent = server.processor_seconds() - begin
    rate = re.search(r"finished in .*?, ([\d.]+) req/s", text)
    count = re.search(r"(\d+) succeeded, 0 failed, 0 errored", text)
    data = re.search(r"\((\d+)\) data", text)
    # A refusal over gRPC has the status of a success, and no message.
    if not (rate and count and data) or int(count[1]) == 0 or int(data[1]) < 20 * int(count[1]):
        sys.exit(f"{server.contender.name} does not answer h2load by {protocol} as it should:\n{text}")
    return float(rate[1]), spent / int(count[1])


def stream_cost(server, python):
    """The processor time for a message on an open stream of gRPC, of which a client in Python cannot ask enough."""
    def spent(count):
        begin = server.processor_seconds()
        subprocess.run(["taskset", "-c", CLIENT_CORE, python, HERE / "stream_client.py", str(server.grpc_port),
                        server.contender.tensors, server.contender.subject.name, str(count)], check=True)
        return server.processor_seconds() - begin

    few, many = 1_000, 11_000
    return (spent(many) - spent(few)) / (many - few)


def load(slipway, server, protocol, rate, seconds):
    """What slipway loadtest sees at a rate."""
    contender = server.contender
    command = ["taskset", "-c", CLIENT_CORE, slipway, "loadtest", f"http://127.0.0.1:{server.port}",
               "--model", contender.subject.name, "--protocol", protocol, "--rows", str(contender.rows), "--json",
               "--rate", str(max(rate, 1)), "--duration", f"{seconds}s", "--connections", str(CONNECTIONS)]
    outcome = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if not outcome.stdout:
        sys.exit(f"slipway loadtest failed against {contender.name}: {outcome.stderr}")
    return json.loads(outcome.stdout)


def idle(contender, count):
    """The memory before and while many connections are open, each of which was answered once."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(count + 1_000, hard), hard))
    message = contender.message("rest")
    fields = "".join(f"{name}: {value}\r\n" for name, value in message.headers)
    request = (f"POST {message.path} HTTP/1.1\r\nhost: localhost\r\n{fields}content-length: {len(message.body)}\r\n\r\n"
               .encode() + message.body)
    connections = []
    try:
        with Running(contender) as server:
            before = server.memory()
            for _ in range(count):
                connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
                connections.append(connection)
                connection.sendall(request)
                if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
                    sys.exit("a connection among many was not answered")
            return before, server.memory()
    finally:
        for connection in connections:
            connection.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def soak(slipway, contender, seconds, rate):
    """Memory of its own and p99 at a rate, looked at ten times, and which requests failed."""
    looks, failures = [], collections.Counter()
    with Running(contender) as server:
        load(slipway, server, "rest", rate, 5)
        for _ in range(10):
            result = load(slipway, server, "rest", rate, max(1, seconds // 10))["result"]
            failures.update(result["failures"])
            looks.append((server.memory("Pss_Anon"), result["latency_us"]["p99"]))
    return looks, failures
