"""What many teams write: FastAPI in front of ONNX Runtime, one row at a time, validated by pydantic."""

import os

import numpy as np
import onnxruntime
from fastapi import FastAPI
from pydantic import create_model

NAME = os.environ["SERVE_NAME"]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["SERVE_MODEL"], options)
app = FastAPI()


def fields(entry):
    """The fields of an input: one of its name, or one for each column of a wide one."""
    width = entry.shape[1]
    return [entry.name] if width == 1 else [f"{entry.name}_{place}" for place in range(width)]


inputs = [(entry.name, object if entry.type == "tensor(string)" else np.float32, fields(entry))
          for entry in session.get_inputs()]
Row = create_model(
    "Row", **{field: (str if kind is object else float, ...) for _, kind, names in inputs for field in names})


@app.get("/health/live")
async def live():
    return {"live": True}


@app.post(f"/models/{NAME}/predict")
async def predict(row: Row):
    cells = row.model_dump()
    outputs = session.run(
        None, {name: np.array([[cells[field] for field in names]], dtype=kind) for name, kind, names in inputs})
    answer = {"id": "none", "model": NAME, "version": 1}
    if len(outputs) == 1:
        return answer | {"prediction": float(outputs[0][0, 0])}
    label, scores = outputs
    return answer | {
        "prediction": str(label[0]), "probabilities": dict(zip(("No", "Yes"), map(float, scores[0])))}
