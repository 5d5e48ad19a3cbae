"""Rows of the model in the words of each protocol."""

import json
import struct


class Message:
    """A request: where it is posted, with which headers, and its bytes."""

    def __init__(self, path, content_type, body, headers=()):
        self.path, self.body = path, body
        self.headers = [("content-type", content_type), *headers]


def rest(rows):
    """Named fields: one object, or a list of them."""
    return Message(
        "/models/churn/predict", "application/json", json.dumps(rows[0] if len(rows) == 1 else rows).encode())


def inference(rows):
    """The Open Inference Protocol in JSON."""
    inputs = [
        {"name": name, "datatype": datatype(value), "shape": [len(rows), 1], "data": [row[name] for row in rows]}
        for name, value in rows[0].items()
    ]
    return Message("/v2/models/churn/infer", "application/json", json.dumps({"inputs": inputs}).encode())


def grpc(rows):
    """The same over gRPC, with typed contents; the numbers of fields are those of Protos/open_inference.proto."""
    message = field(1, b"churn")
    for name, value in rows[0].items():
        values = [row[name] for row in rows]
        if isinstance(value, str):
            contents = b"".join(field(8, text.encode()) for text in values)
        else:
            contents = field(6, struct.pack(f"<{len(values)}f", *values))
        shape = field(3, varint(len(rows)) + varint(1))
        message += field(
            5, field(1, name.encode()) + field(2, datatype(value).encode()) + shape + field(5, contents))
    frame = struct.pack(">BI", 0, len(message)) + message
    return Message("/inference.GRPCInferenceService/ModelInfer", "application/grpc", frame, [("te", "trailers")])


MESSAGES = {"rest": rest, "oip": inference, "grpc": grpc}


def datatype(value):
    return "BYTES" if isinstance(value, str) else "FP32"


def field(number, content):
    """A field of bytes, a text, or a message."""
    return bytes([number << 3 | 2]) + varint(len(content)) + content


def varint(number):
    rest, low = number >> 7, number & 0x7F
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])
