"""Rows of a model in the words of each protocol."""

import json
import struct


class Message:
    """A request: where it is posted, with which headers, and its bytes."""

    def __init__(self, path, content_type, body, headers=()):
        self.path, self.body = path, body
        self.headers = [("content-type", content_type), *headers]


def rest(subject, count):
    """Named fields: one object, or a list of them."""
    rows = subject.rows(count)
    body = json.dumps(rows[0] if count == 1 else rows).encode()
    return Message(f"/models/{subject.name}/predict", "application/json", body)


def inference(subject, count):
    """The Open Inference Protocol in JSON."""
    inputs = [
        {"name": name, "datatype": datatype, "shape": [count, width], "data": cells}
        for name, datatype, width, cells in subject.tensors(count)
    ]
    return Message(
        f"/v2/models/{subject.name}/infer", "application/json", json.dumps({"inputs": inputs}).encode())


def grpc(subject, count):
    """The same over gRPC, with typed contents; the numbers of fields are those of Protos/open_inference.proto."""
    return call(subject, count, lambda datatype, cells: field(5, contents(datatype, cells)), lambda *_: b"")


def grpc_raw(subject, count):
    """The same over gRPC, with the tensors as bytes."""
    return call(subject, count, lambda *_: b"", lambda datatype, cells: field(7, raw(datatype, cells)))


MESSAGES = {"rest": rest, "oip": inference, "grpc": grpc, "raw": grpc_raw}
GRPC = ("grpc", "raw")


def call(subject, count, inside, behind):
    """A call of `ModelInfer` whose elements stand inside each input or behind all of them."""
    message, tail = field(1, subject.name.encode()), b""
    for name, datatype, width, cells in subject.tensors(count):
        shape = field(3, varint(count) + varint(width))
        message += field(5, field(1, name.encode()) + field(2, datatype.encode()) + shape + inside(datatype, cells))
        tail += behind(datatype, cells)
    message += tail
    frame = struct.pack(">BI", 0, len(message)) + message
    return Message("/inference.GRPCInferenceService/ModelInfer", "application/grpc", frame, [("te", "trailers")])


def contents(datatype, cells):
    if datatype == "BYTES":
        return b"".join(field(8, cell.encode()) for cell in cells)
    return field(6, struct.pack(f"<{len(cells)}f", *cells))


def raw(datatype, cells):
    if datatype == "BYTES":
        return b"".join(struct.pack("<I", len(cell.encode())) + cell.encode() for cell in cells)
    return struct.pack(f"<{len(cells)}f", *cells)


def field(number, content):
    """A field of bytes, a text, or a message."""
    return bytes([number << 3 | 2]) + varint(len(content)) + content


def varint(number):
    rest, low = number >> 7, number & 0x7F
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])
