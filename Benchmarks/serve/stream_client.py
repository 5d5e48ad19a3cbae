"""Sends a row many times on one stream of gRPC, some of them under way at once: stream_client.py PORT ROWS COUNT."""

import json
import queue
import sys

import numpy as np
import tritonclient.grpc

UNDER_WAY = 64


def inputs(row):
    for name, value in row.items():
        is_text = isinstance(value, str)
        tensor = tritonclient.grpc.InferInput(name, [1, 1], "BYTES" if is_text else "FP32")
        cell = np.array([[value.encode()]], dtype=object) if is_text else np.array([[value]], dtype=np.float32)
        tensor.set_data_from_numpy(cell)
        yield tensor


def main(port, rows, count):
    with open(rows, encoding="utf-8") as file:
        tensors = list(inputs(json.loads(file.readline())))
    answers = queue.Queue()
    client = tritonclient.grpc.InferenceServerClient(f"127.0.0.1:{port}")
    client.start_stream(lambda result, error: answers.put(error))
    for sent in range(int(count) + UNDER_WAY):
        if sent >= UNDER_WAY and (error := answers.get(timeout=30)):
            sys.exit(f"the stream was answered with {error}")
        if sent < int(count):
            client.async_stream_infer("churn", tensors)
    client.stop_stream()


main(*sys.argv[1:])
