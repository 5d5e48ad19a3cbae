"""Sends a row many times on one stream of gRPC, some of them under way at once: stream_client.py PORT TENSORS MODEL COUNT."""

import json
import queue
import sys

import numpy as np
import tritonclient.grpc

UNDER_WAY = 64


def tensor(entry):
    is_text = entry["datatype"] == "BYTES"
    cells = [cell.encode() for cell in entry["data"]] if is_text else entry["data"]
    tensor = tritonclient.grpc.InferInput(entry["name"], entry["shape"], entry["datatype"])
    tensor.set_data_from_numpy(np.array(cells, dtype=object if is_text else np.float32).reshape(entry["shape"]))
    return tensor


def main(port, tensors, model, count):
    with open(tensors, encoding="utf-8") as file:
        tensors = [tensor(entry) for entry in json.load(file)]
    answers = queue.Queue()
    client = tritonclient.grpc.InferenceServerClient(f"127.0.0.1:{port}")
    client.start_stream(lambda result, error: answers.put(error))
    for sent in range(int(count) + UNDER_WAY):
        if sent >= UNDER_WAY and (error := answers.get(timeout=30)):
            sys.exit(f"the stream was answered with {error}")
        if sent < int(count):
            client.async_stream_infer(model, tensors)
    client.stop_stream()


main(*sys.argv[1:])
