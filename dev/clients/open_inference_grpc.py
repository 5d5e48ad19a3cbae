"""Drives a server by gRPC with the client of Triton, and fails where it does not get what it expects.

    .venv-clients/bin/python dev/clients/open_inference_grpc.py drive 127.0.0.1:8001 case.json
    .venv-clients/bin/python dev/clients/open_inference_grpc.py ask 127.0.0.1:8001 case.json
    .venv-clients/bin/python dev/clients/open_inference_grpc.py stall 127.0.0.1:8001 case.json
    .venv-clients/bin/python dev/clients/open_inference_grpc.py hold 127.0.0.1:8001 case.json
    .venv-clients/bin/python dev/clients/open_inference_grpc.py many 127.0.0.1:8001 case.json

`case.json` holds {"model", "version", "input", "rows", "labels", "probabilities"}: rows for the model's one tensor, and
what a reference implementation answers; the model must be deployed on the server. It may hold {"columns": {"model",
"record", "probability"}} for a model of one tensor a column, {"headers": {…}} that go with every call, and {"tls":
{"issuer", "certificate", "key"}}, files of which the last two are for servers that ask for certificates.

`drive` goes through the whole protocol. The others print what came back, as one line of JSON: `ask` sends one request,
`stall` begins a call and sends no message, `hold` leaves a stream open after one answer, `many` sends twenty messages
on one.
"""

import json
import queue
import sys

import grpc
import numpy
import tritonclient.grpc as triton
from tritonclient.grpc import service_pb2 as messages
from tritonclient.grpc import service_pb2_grpc as stubs
from tritonclient.utils import InferenceServerException, np_to_triton_dtype

from grpc_case import Case, expect

WHOLE_TYPES = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
TYPED_FIELDS = {
    "BOOL": "bool_contents", "INT8": "int_contents", "INT16": "int_contents", "INT32": "int_contents",
    "INT64": "int64_contents", "UINT8": "uint_contents", "UINT16": "uint_contents", "UINT32": "uint_contents",
    "UINT64": "uint64_contents", "FP32": "fp32_contents", "FP64": "fp64_contents", "BYTES": "bytes_contents",
}


class TritonCase(Case):
    """A case with what Triton's client is asked by."""

    def client(self):
        credentials = self.credentials()
        return triton.InferenceServerClient(self.address, ssl=credentials is not None, creds=credentials)

    def tensor(self):
        tensor = triton.InferInput(self["input"], list(self.rows.shape), "FP32")
        tensor.set_data_from_numpy(self.rows)
        return tensor

    def request(self):
        """The request with its tensor in the typed form, which Triton's client never sends."""
        request = messages.ModelInferRequest(model_name=self["model"], model_version=self["version"], id="t 1")
        tensor = request.inputs.add(name=self["input"], datatype="FP32", shape=list(self.rows.shape))
        tensor.contents.fp32_contents.extend(self.rows.flatten().tolist())
        return request


def check_answer(case, answer, form):
    expect(answer.as_numpy("label").tolist() == case["labels"], f"the labels agree ({form})")
    probabilities = answer.as_numpy("probabilities")
    expect(
        probabilities.dtype == numpy.float32
        and numpy.allclose(probabilities, case["probabilities"], rtol=1e-5, atol=1e-6),
        f"the probabilities agree ({form})",
    )


def drive_metadata(case, client):
    model, version, headers = case["model"], case["version"], case.headers
    expect(client.is_server_live(headers) and client.is_server_ready(headers), "the server is live and ready")
    expect(client.is_model_ready(model, headers=headers), "the model is ready")
    expect(client.is_model_ready(model, version, headers), "the version is ready")
    server = client.get_server_metadata(headers)
    expect(server.name == "slipway" and "binary_tensor_data" in server.extensions, "the server names itself")
    metadata = client.get_model_metadata(model, version, headers)
    expect((metadata.name, list(metadata.versions)) == (model, [version]), "the model names itself")
    shapes = [(tensor.name, tensor.datatype, list(tensor.shape)) for tensor in metadata.inputs]
    expect(shapes == [(case["input"], "FP32", [-1, case.rows.shape[1]])], f"the metadata names the input: {shapes}")
    expect([tensor.name for tensor in metadata.outputs] == ["label", "probabilities"], "and the outputs")


def drive_raw(case, client):
    outputs = [triton.InferRequestedOutput("probabilities"), triton.InferRequestedOutput("label")]
    for version in ("", case["version"]):
        for wanted in (None, outputs):
            answer = client.infer(
                case["model"], [case.tensor()], version, wanted, "r 1", headers=case.headers, client_timeout=30)
            form = f"version '{version}', outputs {wanted is not None}"
            response = answer.get_response()
            expect(response.id == "r 1", f"the id comes back ({form})")
            expect((response.model_name, response.model_version) == (case["model"], case["version"]), "so does the name")
            expect(len(response.raw_output_contents) == 2, f"raw is answered raw ({form})")
            ids = response.parameters["prediction_ids"].string_param.split(",")
            expect(len(ids) == len(case.rows) == len(set(ids)), f"each row has an id ({form})")
            check_answer(case, answer, form)
            names = [output.name for output in response.outputs]
            expect(names == (["label", "probabilities"] if wanted is None else ["probabilities", "label"]), "the order")
    one = client.infer(case["model"], [case.tensor()], outputs=outputs[:1], headers=case.headers).get_response()
    expect([output.name for output in one.outputs] == ["probabilities"], "an output that is not asked for is left out")


def drive_typed(case, stub):
    answer = stub.ModelInfer(case.request(), metadata=case.metadata())
    expect(answer.id == "t 1" and not answer.raw_output_contents, "typed is answered typed")
    found = {output.name: output for output in answer.outputs}
    expect(list(found["label"].contents.int64_contents) == numpy.ravel(case["labels"]).tolist(), "typed labels agree")
    expect(list(found["probabilities"].shape) == [len(case.rows), 3], "typed tensors have a shape")
    expect(
        numpy.allclose(
            found["probabilities"].contents.fp32_contents, numpy.ravel(case["probabilities"]), rtol=1e-5, atol=1e-6),
        "typed probabilities agree",
    )


def drive_columns(case, client, stub):
    """Texts, and every datatype, raw and typed."""
    if "columns" not in case.values:
        return
    columns = case["columns"]
    record, model = columns["record"], columns["model"]

    def array(name, dtype):
        value = record[name]
        if isinstance(value, str):
            return numpy.array([[value.encode()]], dtype=numpy.object_)
        return numpy.array([[value]], dtype=dtype)

    def raw(age):
        tensors = []
        for name in record:
            values = age if name == "age" else array(name, numpy.float32)
            tensor = triton.InferInput(name, [1, 1], np_to_triton_dtype(values.dtype))
            tensor.set_data_from_numpy(values)
            tensors.append(tensor)
        answer = client.infer(model, tensors, headers=case.headers)
        return float(answer.as_numpy("probabilities")[0][1]), answer.as_numpy("label").tolist()

    def typed(age):
        request = messages.ModelInferRequest(model_name=model)
        for name in record:
            values = age if name == "age" else array(name, numpy.float32)
            datatype = np_to_triton_dtype(values.dtype)
            tensor = request.inputs.add(name=name, datatype=datatype, shape=[1, 1])
            getattr(tensor.contents, TYPED_FIELDS[datatype]).extend(values.flatten().tolist())
        answer = stub.ModelInfer(request, metadata=case.metadata())
        found = {output.name: output.contents for output in answer.outputs}
        return found["probabilities"].fp32_contents[1], [list(found["label"].bytes_contents)]

    for predict in (raw, typed):
        form = predict.__name__
        for dtype in ("float32", "float64"):
            probability, label = predict(array("age", dtype))
            expect(abs(probability - columns["probability"]) < 1e-5, f"columns of {dtype} agree ({form})")
            expect(label in ([b"Yes"], [[b"Yes"]]), f"labels are texts ({form}): {label}")
        whole = predict(numpy.array([[64]], dtype="float32"))
        for dtype in WHOLE_TYPES + (["float16"] if predict is raw else []):
            expect(predict(numpy.array([[64]], dtype=dtype)) == whole, f"{dtype} says what FP32 says ({form})")


def drive_stream(case, client):
    answers = queue.Queue()
    client.start_stream(lambda result, error: answers.put((result, error)), headers=case.headers)
    for name in (case["model"], "no such model", case["model"]):
        client.async_stream_infer(name, [case.tensor()], request_id=name)
    found = [answers.get(timeout=30) for _ in range(3)]
    client.stop_stream()
    check_answer(case, found[0][0], "stream")
    expect(found[1][1] is not None and "there is no model" in found[1][1].message(), "a refusal ends no stream")
    check_answer(case, found[2][0], "stream after a refusal")


def drive_repository(case, client):
    model, headers = case["model"], case.headers
    before = client.get_inference_statistics(model, headers=headers).model_stats[0]
    client.infer(model, [case.tensor()], headers=headers)
    after = client.get_inference_statistics(model, case["version"], headers).model_stats[0]
    expect(after.inference_count == before.inference_count + len(case.rows), "statistics count rows")
    expect(after.execution_count == before.execution_count + 1, "statistics count runs")
    expect(after.inference_stats.success.count == before.inference_stats.success.count + 1, "and successes")
    expect(after.inference_stats.compute_infer.ns > 0 and after.last_inference > 1.6e12, "and the time")
    expect(model in [entry.name for entry in client.get_inference_statistics(headers=headers).model_stats], "of all")

    states = {entry.name: entry.state for entry in client.get_model_repository_index(headers).models}
    expect(states[model] == "READY", "the index says that the model is ready")
    client.unload_model(model, headers)
    expect(not client.is_model_ready(model, headers=headers), "an unloaded model is not ready")
    entry = next(entry for entry in client.get_model_repository_index(headers).models if entry.name == model)
    expect((entry.state, entry.reason) == ("UNAVAILABLE", "unloaded"), "the index says why")
    try:
        client.infer(model, [case.tensor()], headers=headers)
        sys.exit("not so: an unloaded model answers nothing")
    except InferenceServerException as refusal:
        expect("unloaded" in refusal.message() and "UNAVAILABLE" in refusal.status(), "the refusal says why")
    client.load_model(model, headers)
    expect(client.is_model_ready(model, headers=headers), "a model that was loaded again is ready")
    check_answer(case, client.infer(model, [case.tensor()], headers=headers), "loaded again")


def drive_refusals(case, client, stub):
    code = grpc.StatusCode

    def refused(wanted, words, change=None, **options):
        request = case.request()
        if change:
            change(request)
        try:
            stub.ModelInfer(request, metadata=case.metadata(), **options)
            sys.exit(f"not so: this is refused: {words}")
        except grpc.RpcError as refusal:
            expect(refusal.code() == wanted, f"{words}: {refusal.code()} {refusal.details()}")
            expect(words in refusal.details(), f"{words}: {refusal.details()}")

    def raw(*entries):
        def change(request):
            request.inputs[0].ClearField("contents")
            request.raw_input_contents.extend(entries)

        return change

    def shaped(*shape):
        def change(request):
            del request.inputs[0].shape[:]
            request.inputs[0].shape.extend(shape)

        return change

    def setting(**members):
        return lambda request: [setattr(request.inputs[0], name, value) for name, value in members.items()]

    bad, count = code.INVALID_ARGUMENT, case.rows.size
    refused(code.NOT_FOUND, "there is no model 'nobody'", lambda request: setattr(request, "model_name", "nobody"))
    refused(code.NOT_FOUND, "is not served", lambda request: setattr(request, "model_version", "99"))
    refused(code.NOT_FOUND, "is no version", lambda request: setattr(request, "model_version", "one"))
    refused(bad, "is missing", setting(name="nothing"))
    refused(bad, "'inputs' must be", lambda request: request.ClearField("inputs"))
    refused(bad, "is given twice", lambda request: request.inputs.append(request.inputs[0]))
    refused(bad, "unknown datatype 'FP23'", setting(datatype="FP23"))
    refused(bad, "holds elements in fp32_contents", setting(datatype="INT64"))
    refused(bad, "no list of its contents holds", setting(datatype="FP16"))
    refused(bad, "has no data", lambda request: request.inputs[0].ClearField("contents"))
    refused(bad, f"has {count + 1} elements", lambda request: request.inputs[0].contents.fp32_contents.append(1))
    refused(bad, "elements in int_contents", lambda request: request.inputs[0].contents.int_contents.append(1))
    refused(bad, "but its shape says 1", shaped())
    refused(bad, "is not a list of sizes", shaped(-1, 4))
    refused(bad, "has more than", shaped(10_000_000, 10_000_000))
    refused(bad, "is not a list of sizes", shaped(2**62, 4))
    refused(bad, "dimensions", shaped(*[1] * 9))
    refused(bad, "has no output 'nothing'", lambda request: request.outputs.add(name="nothing"))
    refused(bad, "asked for twice", lambda request: [request.outputs.add(name="label") for _ in range(2)])
    refused(bad, "raw_input_contents has 2 entries", raw(b"", b""))
    refused(bad, "bytes, but", raw(case.rows.tobytes()[:-1]))
    refused(bad, "beside raw_input_contents", lambda request: request.raw_input_contents.append(case.rows.tobytes()))
    refused(bad, "no row to predict", lambda request: [raw(b"")(request), shaped(0, 4)(request)])
    refused(bad, "shared_memory_region", lambda request: setattr(
        request.inputs[0].parameters["shared_memory_region"], "string_param", "x"))
    refused(bad, "are the limit", lambda request: request.raw_input_contents.append(b"x" * (11 << 20)))
    # A server may well answer a few rows within the millisecond to which clients round up.
    many = numpy.tile(case.rows, (5_000 // len(case.rows), 1))
    refused(code.DEADLINE_EXCEEDED, "", lambda request: [raw(many.tobytes())(request), shaped(*many.shape)(request)],
            timeout=0.000001)

    unknown = case.channel()
    for method, words in (("ModelConfig", "isn't implemented"), ("NoSuchMethod", "isn't implemented")):
        call = unknown.unary_unary(f"/inference.GRPCInferenceService/{method}")
        try:
            call(b"", metadata=case.metadata())
            sys.exit(f"not so: {method} is refused")
        except grpc.RpcError as refusal:
            expect(refusal.code() == code.UNIMPLEMENTED, f"{method}: {refusal.code()} {refusal.details()}")
    call = unknown.unary_unary("/inference.GRPCInferenceService/ModelInfer")
    for body in (b"\xff", b"\x0a\xff", b"\x2a\x05\x0a\x01"):
        try:
            call(body, metadata=case.metadata())
            sys.exit("not so: bytes that are no message are refused")
        except grpc.RpcError as refusal:
            expect(refusal.code() == bad, f"{body}: {refusal.code()} {refusal.details()}")
            expect("are no inference.ModelInferRequest" in refusal.details(), refusal.details())
    try:
        client.load_model(case["model"], case.headers, config="{}")
        sys.exit("not so: a model is loaded with nothing that a caller sends")
    except InferenceServerException as refusal:
        expect("models come from the registry" in refusal.message(), refusal.message())


def drive_health(case):
    channel = case.channel()
    check = channel.unary_unary("/grpc.health.v1.Health/Check")
    for service in (b"", b"\x0a\x1einference.GRPCInferenceService"):
        expect(check(service) == b"\x08\x01", "the health service says that it serves")
    try:
        check(b"\x0a\x01x")
        sys.exit("not so: the health of nothing is not known")
    except grpc.RpcError as refusal:
        expect(refusal.code() == grpc.StatusCode.NOT_FOUND, f"unknown service: {refusal.code()}")
    watch = channel.unary_stream("/grpc.health.v1.Health/Watch")
    states = watch(b"")
    expect(next(states) == b"\x08\x01", "a watched server says its state")
    states.cancel()
    states = watch(b"\x0a\x01x")
    expect(next(states) == b"\x08\x03", "a watched service that is none is said to be unknown")
    states.cancel()
    channel.close()


def drive(case):
    client = case.client()
    stub = stubs.GRPCInferenceServiceStub(case.channel())
    drive_metadata(case, client)
    drive_raw(case, client)
    drive_typed(case, stub)
    drive_columns(case, client, stub)
    drive_stream(case, client)
    drive_repository(case, client)
    drive_refusals(case, client, stub)
    drive_health(case)
    client.close()
    print("all as expected")


def varint_fields(data):
    """The fields of a message by number, for the messages that the clients bring no code for."""
    fields, place = {}, 0

    def varint():
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while place < len(data):
        key = varint()
        length = varint()
        if key & 7 == 2:
            fields.setdefault(key >> 3, []).append(data[place:place + length])
            place += length
        else:
            fields.setdefault(key >> 3, []).append(length)
    return fields


def texts(metadata):
    """What of metadata is no bytes."""
    return {name: value for name, value in metadata if isinstance(value, str)}


def ask(case):
    stub = stubs.GRPCInferenceServiceStub(case.channel())
    try:
        _, call = stub.ModelInfer.with_call(case.request(), metadata=case.metadata(), timeout=20)
        answer = {"code": "OK", "metadata": texts(call.initial_metadata())}
    except grpc.RpcError as refusal:
        answer = {"code": refusal.code().name, "message": refusal.details()}
        trailers = dict(refusal.trailing_metadata() or ())
        answer["metadata"] = texts(refusal.trailing_metadata() or ())
        details = varint_fields(trailers.get("grpc-status-details-bin", b"")).get(3, [])
        for detail in map(varint_fields, details):
            name = detail[1][0].decode().rpartition(".")[2]
            values = varint_fields(detail[2][0])
            if name == "ErrorInfo":
                answer["reason"] = values[1][0].decode()
            elif name == "RetryInfo":
                answer["retry_seconds"] = varint_fields(values[1][0])[1][0]
    print(json.dumps(answer))


def endless(*requests):
    """Requests, and then none for longer than any server waits."""
    yield from requests
    queue.Queue().get(timeout=120)


def stall(case):
    infer = case.channel().stream_unary("/inference.GRPCInferenceService/ModelInfer")
    try:
        infer(endless(), metadata=case.metadata())
    except grpc.RpcError as refusal:
        print(json.dumps({"code": refusal.code().name, "message": refusal.details()}))


def hold(case):
    stub = stubs.GRPCInferenceServiceStub(case.channel())
    answers = stub.ModelStreamInfer(endless(case.request()), metadata=case.metadata())
    count = 0
    try:
        for _ in answers:
            count += 1
    except grpc.RpcError as refusal:
        print(json.dumps({"code": refusal.code().name, "message": refusal.details(), "answers": count}))


def many(case):
    """Sends messages on one stream, each when the one before is answered."""
    stub = stubs.GRPCInferenceServiceStub(case.channel())
    turns = queue.Queue()
    answers = stub.ModelStreamInfer(iter(turns.get, None), metadata=case.metadata())
    count = 0
    for _ in range(20):
        turns.put(case.request())
        count += not next(answers).error_message
    turns.put(None)
    print(json.dumps({"answers": count, "metadata": texts(answers.initial_metadata())}))


def main():
    command, address, path = sys.argv[1:]
    {"drive": drive, "ask": ask, "stall": stall, "hold": hold, "many": many}[command](TritonCase(address, path))


main()
