"""The servers under test: how each is set up, started, and stopped."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from messages import MESSAGES

HERE = pathlib.Path(__file__).resolve().parent
SERVER_CORE = "0"
START_SECONDS_MAX = 120


class Contender:
    """A server under test: which model it serves, how it is started, and by which protocols it is asked."""

    def __init__(self, name, subject, protocols, command, folder, environment=None):
        self.name, self.subject, self.protocols = name, subject, protocols
        self.command, self.folder, self.environment = command, folder, environment or {}
        # As Subject.write wrote them.
        self.rows, self.tensors = folder / f"{subject.name}.jsonl", folder / f"{subject.name}.json"

    def message(self, protocol, count=1):
        """Some rows, as they are sent again and again."""
        return MESSAGES[protocol](self.subject, count)


class Running:
    """A server that answers, from `with` to its end."""

    def __init__(self, contender):
        self.contender = contender
        self.port, self.grpc_port = free_port(), free_port()

    def __enter__(self):
        def filled(text):
            return text.replace("GRPC", str(self.grpc_port)).replace("PORT", str(self.port))

        contender = self.contender
        command = ["taskset", "-c", SERVER_CORE] + [filled(part) for part in contender.command]
        environment = {**os.environ, **{name: filled(value) for name, value in contender.environment.items()}}
        path = contender.folder / f"{re.sub('[^a-z]', '', contender.name.lower())}.log"
        began = time.monotonic()
        with open(path, "wb") as log:
            self.process = subprocess.Popen(
                command, cwd=contender.folder, env=environment, stdout=log, stderr=log, start_new_session=True)
        while time.monotonic() - began < START_SECONDS_MAX:
            if self.process.poll() is not None:
                sys.exit(f"{contender.name} ended at once: {path.read_text(errors='replace')[-1_000:]}")
            if self.answers():
                self.start_seconds = time.monotonic() - began
                return self
            time.sleep(0.002)
        sys.exit(f"{contender.name} does not answer")

    def answers(self):
        """Whether a prediction is answered."""
        message = self.contender.message(self.contender.protocols[0])
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{message.path}", data=message.body, headers=dict(message.headers))
        try:
            with urllib.request.urlopen(request, timeout=1) as answer:
                return answer.status == 200
        except OSError:
            return False

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def processor_seconds(self):
        """The processor time that its processes took so far."""
        ticks = 0
        for member in members(self.process.pid):
            fields = pathlib.Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self, kind="Pss"):
        """The memory that it uses, in bytes; pages that several of its processes share count once.

        `Pss_Anon` leaves out the pages of files, which the system takes and gives back as it likes.
        """
        total = 0
        for member in members(self.process.pid):
            try:
                for line in pathlib.Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                    if line.startswith(f"{kind}:"):
                        total += int(line.split()[1]) * 1024
            except OSError:
                pass  # It ended meanwhile.
        return total


def members(pid):
    """A process and those that it started."""
    found, queue = [], [pid]
    while queue:
        found.append(queue.pop())
        for children in pathlib.Path(f"/proc/{found[-1]}/task").glob("*/children"):
            queue += [int(child) for child in children.read_text().split()]
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def slipway(program, subject, folder):
    """A server of a project with one model in production."""
    folder = folder / f"slipway-{subject.name}"
    folder.mkdir()
    subject.write(folder)
    (folder / "slipway.yaml").write_text("project: bench\nenvironments:\n  production: { store: sqlite }\n")
    for arguments in (
        ["model", "push", str(subject.model), "--name", subject.name, *subject.examples],
        ["model", "promote", f"{subject.name}@1", "--to", "production"],
    ):
        subprocess.run([program] + arguments, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return Contender(
        "Slipway", subject, ["rest", "oip", "grpc", "raw"],
        [program, "serve", "--port", "PORT", "--grpc-port", "GRPC"], folder)


def http_alone(contender):
    """Slipway's server without gRPC, which would keep half of the connections that the process may open for itself."""
    return Contender(
        contender.name, contender.subject, ["rest", "oip"], contender.command[:-2], contender.folder)


def others(venv, subject, folder):
    """The servers of other projects, and nginx, which answers without a model."""
    folder = folder / f"others-{subject.name}"
    folder.mkdir()
    subject.write(folder)
    python = venv / "bin"
    mlserver = folder / "mlserver"
    mlserver.mkdir()
    shutil.copy(HERE / "mlserver_model.py", mlserver)
    (mlserver / "model-settings.json").write_text(json.dumps(
        {"name": subject.name, "implementation": "mlserver_model.ONNXModel",
         "parameters": {"uri": str(subject.model)}}))
    (mlserver / "settings.json").write_text(json.dumps({"parallel_workers": 0, "debug": False}))
    (folder / "nginx.conf").write_text(
        "daemon off; worker_processes 1; pid nginx.pid; error_log stderr;\n"
        "events { worker_connections 20000; }\n"
        "http { access_log off; keepalive_requests 1000000000; client_body_temp_path body; proxy_temp_path proxy;\n"
        " fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi; server { listen 127.0.0.1:LISTEN\n"
        f" backlog=4096; location / {{ default_type application/json; return 200 '{subject.answer}'; }} }} }}\n")
    nginx = "sed s/LISTEN/$0/ nginx.conf > nginx.$0.conf && exec nginx -p . -c nginx.$0.conf"
    return [
        Contender(
            "FastAPI + ONNX Runtime", subject, ["rest"],
            [f"{python}/uvicorn", "fastapi_app:app", "--port", "PORT", "--no-access-log", "--app-dir", str(HERE)],
            folder, {"SERVE_MODEL": str(subject.model), "SERVE_NAME": subject.name}),
        Contender(
            "MLServer + ONNX Runtime", subject, ["oip"], [f"{python}/mlserver", "start", str(mlserver)], folder,
            {"MLSERVER_HTTP_PORT": "PORT", "MLSERVER_GRPC_PORT": "GRPC", "MLSERVER_METRICS_PORT": str(free_port()),
             "MLSERVER_HOST": "127.0.0.1", "PYTHONPATH": str(mlserver), "PATH": f"{python}:{os.environ['PATH']}"}),
        Contender("nginx, a fixed answer", subject, ["rest"], ["sh", "-c", nginx, "PORT"], folder),
    ]
