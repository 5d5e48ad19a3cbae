"""One row of the model in the words of each protocol."""

import json
import struct


class Message:
    """A request: where it is posted, with which headers, and its bytes."""

    def __init__(self, path, content_type, body, headers=()):
        self.path, self.body = path, body
        self.headers = [("content-type", content_type), *headers]


def rest(row):
    return Message("/models/churn/predict", "application/json", json.dumps(row).encode())


def inference(row):
    """The Open Inference Protocol in JSON."""
    inputs = [
        {"name": name, "datatype": datatype(value), "shape": [1, 1], "data": [value]} for name, value in row.items()
    ]
    return Message("/v2/models/churn/infer", "application/json", json.dumps({"inputs": inputs}).encode())


def grpc(row):
    """The same message over gRPC, with typed contents; field numbers are those of Protos/open_inference.proto."""
    message = field(1, b"churn")
    for name, value in row.items():
        contents = field(8, value.encode()) if isinstance(value, str) else field(6, struct.pack("<f", value))
        message += field(
            5, field(1, name.encode()) + field(2, datatype(value).encode()) + field(3, b"\1\1") + field(5, contents))
    frame = struct.pack(">BI", 0, len(message)) + message
    return Message("/inference.GRPCInferenceService/ModelInfer", "application/grpc", frame, [("te", "trailers")])


MESSAGES = {"rest": rest, "oip": inference, "grpc": grpc}


def datatype(value):
    return "BYTES" if isinstance(value, str) else "FP32"


def field(number, content):
    """A field of bytes, a text, or a message; all of them are short here."""
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content
