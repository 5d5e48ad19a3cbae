"""What many teams write: FastAPI in front of ONNX Runtime, one row at a time, validated by pydantic."""

import os

import numpy as np
import onnxruntime
from fastapi import FastAPI
from pydantic import BaseModel, Field

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["SERVE_MODEL"], options)
types = {entry.name: entry.type for entry in session.get_inputs()}
app = FastAPI()


class Customer(BaseModel):
    tenure: float = Field(ge=0, le=200)
    monthly_charges: float = Field(ge=0, le=1_000)
    contract: str


@app.get("/health/live")
async def live():
    return {"live": True}


@app.post("/models/churn/predict")
async def predict(row: Customer):
    inputs = {}
    for name, value in row.model_dump().items():
        inputs[name] = np.array([[value]], dtype=object if types[name] == "tensor(string)" else np.float32)
    label, scores = session.run(None, inputs)
    probabilities = dict(zip(("No", "Yes"), map(float, scores[0])))
    return {"id": "none", "model": "churn", "version": 1, "prediction": str(label[0]), "probabilities": probabilities}
