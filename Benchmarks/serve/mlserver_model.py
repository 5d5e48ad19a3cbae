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
        self.entries = {entry.name: entry for entry in self.session.get_inputs()}
        return True

    async def metadata(self) -> MetadataModelResponse:
        inputs = [
            MetadataTensor(
                name=name, datatype="BYTES" if entry.type == "tensor(string)" else "FP32", shape=[-1, entry.shape[1]])
            for name, entry in self.entries.items()
        ]
        return MetadataModelResponse(name=self.name, versions=[], platform="onnx", inputs=inputs, outputs=[])

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        inputs = {}
        for tensor in payload.inputs:
            kind = object if self.entries[tensor.name].type == "tensor(string)" else np.float32
            inputs[tensor.name] = np.array(list(tensor.data), dtype=kind).reshape(tensor.shape)
        outputs = self.session.run(None, inputs)
        return InferenceResponse(
            model_name=self.name,
            outputs=[
                ResponseOutput(name=entry.name, shape=list(cells.shape), **self.data(entry.type, cells))
                for entry, cells in zip(self.session.get_outputs(), outputs)
            ])

    @staticmethod
    def data(kind, cells):
        if kind == "tensor(string)":
            return {"datatype": "BYTES", "data": [str(cell) for cell in cells.flatten()]}
        return {"datatype": "FP32", "data": cells.flatten().tolist()}
