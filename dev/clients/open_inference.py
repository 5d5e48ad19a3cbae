"""Drives a server with the clients of Triton and KServe, and fails where they do not get what they expect.

    .venv-clients/bin/python dev/clients/open_inference.py http://127.0.0.1:8080 rows.json

`rows.json` holds {"model", "version", "input", "rows", "labels", "probabilities"}: rows for the model's one tensor, and
what a reference implementation answers. The model must be deployed on the server.
"""

import asyncio
import json
import sys

import numpy
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException


def expect(condition, claim):
    if not condition:
        sys.exit(f"not so: {claim}")


def drive_triton(address, case):
    client = triton.InferenceServerClient(address)
    model, version = case["model"], case["version"]
    rows = numpy.array(case["rows"], dtype=numpy.float32)
    expect(client.is_server_live() and client.is_server_ready(), "the server is live and ready")
    expect(client.is_model_ready(model) and client.is_model_ready(model, version), "the model is ready")
    expect("binary_tensor_data" in client.get_server_metadata()["extensions"], "binary tensors are announced")
    metadata = client.get_model_metadata(model, version)
    expect(metadata["inputs"][0]["name"] == case["input"], "the metadata names the input")

    for binary_in in (False, True):
        for binary_out in (False, True):
            tensor = triton.InferInput(case["input"], list(rows.shape), "FP32")
            tensor.set_data_from_numpy(rows, binary_data=binary_in)
            outputs = [
                triton.InferRequestedOutput("probabilities", binary_data=binary_out),
                triton.InferRequestedOutput("label", binary_data=not binary_out),
            ]
            for wanted in (None, outputs):
                answer = client.infer(model, [tensor], outputs=wanted, request_id="r 1", model_version=version)
                form = f"binary in {binary_in}, out {binary_out}, outputs {wanted is not None}"
                expect(answer.get_response()["id"] == "r 1", f"the id comes back ({form})")
                expect(answer.as_numpy("label").tolist() == case["labels"], f"the labels agree ({form})")
                probabilities = answer.as_numpy("probabilities")
                expect(
                    probabilities.dtype == numpy.float32
                    and numpy.allclose(probabilities, case["probabilities"], rtol=1e-5, atol=1e-6),
                    f"the probabilities agree ({form})",
                )

    statistics = client.get_inference_statistics(model)["model_stats"][0]
    expect(statistics["inference_count"] == 8 * len(rows), "statistics count rows")
    expect(statistics["inference_stats"]["success"]["count"] == 8, "statistics count requests")

    states = {entry["name"]: entry["state"] for entry in client.get_model_repository_index()}
    expect(states[model] == "READY", "the index says that the model is ready")
    client.unload_model(model)
    expect(not client.is_model_ready(model), "an unloaded model is not ready")
    try:
        client.infer(model, [tensor])
        sys.exit("not so: an unloaded model answers nothing")
    except InferenceServerException as refusal:
        expect("unloaded" in refusal.message(), "the refusal says why")
    client.load_model(model)
    expect(client.is_model_ready(model), "a model that was loaded again is ready")
    expect(client.infer(model, [tensor]).as_numpy("label").tolist() == case["labels"], "and it answers")


async def drive_kserve(url, case):
    from kserve import InferenceRESTClient, InferInput, InferRequest
    from kserve.inference_client import RESTConfig

    client = InferenceRESTClient(RESTConfig(protocol="v2"))
    expect(await client.is_server_live(url) and await client.is_server_ready(url), "KServe's client: live and ready")
    expect(await client.is_model_ready(url, case["model"]), "KServe's client: the model is ready")
    rows = numpy.array(case["rows"], dtype=numpy.float32)
    for binary in (False, True):
        tensor = InferInput(case["input"], list(rows.shape), "FP32")
        tensor.set_data_from_numpy(rows, binary_data=binary)
        request = InferRequest(model_name=case["model"], infer_inputs=[tensor], request_id="k 1")
        answer = await client.infer(url, request, model_name=case["model"])
        labels = next(output for output in answer.outputs if output.name == "label")
        expect(labels.as_numpy().tolist() == case["labels"], f"KServe's client: the labels agree (binary {binary})")


def main():
    url, path = sys.argv[1:]
    with open(path) as file:
        case = json.load(file)
    drive_triton(url.removeprefix("http://"), case)
    asyncio.run(drive_kserve(url, case))
    print("all as expected")


main()
