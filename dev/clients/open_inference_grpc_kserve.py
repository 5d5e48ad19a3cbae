"""Drives a server by gRPC with the client of KServe, and fails where it does not get what it expects.

    .venv-clients/bin/python dev/clients/open_inference_grpc_kserve.py 127.0.0.1:8001 case.json

It is a program of its own because KServe's and Triton's clients register messages of the same names, which one process
does not take. open_inference_grpc.py describes `case.json`.
"""

import asyncio
import sys

import numpy
from kserve import InferenceGRPCClient, InferInput, InferRequest

from grpc_case import Case, expect


async def drive(case):
    client = InferenceGRPCClient(case.address, creds=case.credentials())
    headers = case.metadata()
    expect(await client.is_server_live(headers=headers), "the server is live")
    expect(await client.is_server_ready(headers=headers), "the server is ready")
    expect(await client.is_model_ready(case["model"], headers=headers), "the model is ready")
    for binary in (False, True):
        tensor = InferInput(case["input"], list(case.rows.shape), "FP32")
        tensor.set_data_from_numpy(case.rows, binary_data=binary)
        request = InferRequest(model_name=case["model"], infer_inputs=[tensor], request_id="k 1")
        answer = await client.infer(request, headers=headers)
        found = {output.name: output.as_numpy() for output in answer.outputs}
        expect(answer.id == "k 1", f"the id comes back (binary {binary})")
        expect(found["label"].tolist() == case["labels"], f"the labels agree (binary {binary})")
        expect(
            numpy.allclose(found["probabilities"], case["probabilities"], rtol=1e-5, atol=1e-6),
            f"the probabilities agree (binary {binary})")
    await client.close()


asyncio.run(drive(Case(*sys.argv[1:])))
print("all as expected")
