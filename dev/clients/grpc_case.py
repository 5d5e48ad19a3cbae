"""What the gRPC scripts ask a server, and how they reach it: `case.json`, as open_inference_grpc.py describes it."""

import json
import sys

import grpc
import numpy


def expect(condition, claim):
    if not condition:
        sys.exit(f"not so: {claim}")


class Case:
    def __init__(self, address, path):
        with open(path) as file:
            self.values = json.load(file)
        self.address = address
        self.headers = self.values.get("headers", {})
        self.rows = numpy.array(self.values["rows"], dtype=numpy.float32)

    def __getitem__(self, name):
        return self.values[name]

    def credentials(self):
        files = self.values.get("tls")
        if files is None:
            return None

        def content(name):
            path = files.get(name)
            return path and open(path, "rb").read()

        return grpc.ssl_channel_credentials(content("issuer"), content("key"), content("certificate"))

    def channel(self):
        credentials = self.credentials()
        if credentials is None:
            return grpc.insecure_channel(self.address)
        return grpc.secure_channel(self.address, credentials)

    def metadata(self):
        return tuple(self.headers.items())
