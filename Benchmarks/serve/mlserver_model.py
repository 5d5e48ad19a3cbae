"""MLServer has no runtime for ONNX of its own; this is the least that its documentation asks of one."""

import numpy as np
import onnxruntime
from mlserver import MLModel
from mlserver.types import InferenceRequest, InferenceResponse, MetadataModelResponse, MetadataTensor, ResponseOutput


class ONNXModel(MLModel):
    async def load(self) -> bool:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(self.settings.parameters.uri, options)
        self.types = {entry.name: entry.type for entry in self.session.get_inputs()}
        return True

    async def metadata(self) -> MetadataModelResponse:
        inputs = [
            MetadataTensor(name=name, datatype="BYTES" if kind == "tensor(string)" else "FP32", shape=[-1, 1])
            for name, kind in self.types.items()
        ]
        return MetadataModelResponse(name=self.name, versions=[], platform="onnx", inputs=inputs, outputs=[])

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        inputs = {}
        for tensor in payload.inputs:
            kind = object if self.types[tensor.name] == "tensor(string)" else np.float32
            inputs[tensor.name] = np.array(list(tensor.data), dtype=kind).reshape(tensor.shape)
        label, scores = self.session.run(None, inputs)
        return InferenceResponse(
            model_name=self.name,
            outputs=[
                ResponseOutput(name="label", shape=[len(label)], datatype="BYTES", data=[str(item) for item in label]),
                ResponseOutput(
                    name="probabilities", shape=list(scores.shape), datatype="FP32", data=scores.flatten().tolist()),
            ])
