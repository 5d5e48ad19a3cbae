#!/usr/bin/env python3
"""Writes the ONNX files that the tests of reading models and of the ONNX Runtime engine share no other source for.

- `Tests/SlipwayModelTests/Fixtures/`: a scikit-learn pipeline, a graph with branches, and constants of every element
  type, raw and typed, with their values as the `onnx` package reads them.
- `Tests/SlipwayONNXRuntimeTests/Fixtures/NAME/`: cases like those of `engine_fixtures.py` for what only that engine
  runs: narrow inputs, branches, sequences of maps with text keys out of order.

Usage: onnx_models.py
Needs: numpy onnx onnxruntime pandas scikit-learn skl2onnx
"""

import json
from pathlib import Path

import engine_fixtures
import ml_dtypes
import numpy
from onnx import TensorProto, helper, numpy_helper
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

TESTS = Path(__file__).resolve().parents[2] / "Tests"
MODELS = TESTS / "SlipwayModelTests" / "Fixtures"
CASES = TESTS / "SlipwayONNXRuntimeTests" / "Fixtures"

NARROW = {
    "uint8": (TensorProto.UINT8, [0, 200, 255]),
    "int8": (TensorProto.INT8, [-128, 5, 127]),
    "uint16": (TensorProto.UINT16, [0, 60000, 65535]),
    "int16": (TensorProto.INT16, [-32768, 5, 32767]),
    "uint32": (TensorProto.UINT32, [0, 4000000000, 4294967295]),
    "uint64": (TensorProto.UINT64, [0, 7, 9223372036854775807]),
    "int32": (TensorProto.INT32, [-2147483648, 5, 2147483647]),
    "int64": (TensorProto.INT64, [-9223372036854775808, 5, 9223372036854775807]),
    "bool": (TensorProto.BOOL, [True, False, True]),
    "float16": (TensorProto.FLOAT16, [0.1, -65504.0, 6e-8]),
    "float32": (TensorProto.FLOAT, [0.1, -3.4e38, 1e-45]),
    "float64": (TensorProto.DOUBLE, [0.1, -1.7e308, 5e-324]),
    "object": (TensorProto.STRING, ["", "Zürich", "ok"]),
}


def model(nodes, inputs, outputs, initializers=(), **options):
    """A model of one graph in the versions that the tests speak of."""
    graph = helper.make_graph(nodes, "graph", inputs, outputs, initializer=list(initializers), **options)
    imports = [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=imports, ir_version=8, producer_name="slipway-tests")


def pipeline():
    """Scaling and one-hot encoding before a logistic regression with the default output of one map per row."""
    import pandas

    random = numpy.random.default_rng(7)
    frame = pandas.DataFrame({
        "tenure": random.integers(1, 72, 200).astype(numpy.float32),
        "charges": random.uniform(20, 120, 200).astype(numpy.float32),
        "contract": random.choice(["month", "year", "two years"], 200),
    })
    label = numpy.where(frame.tenure + random.normal(0, 12, 200) < 24, "leaves", "stays")
    columns = ColumnTransformer([
        ("numbers", StandardScaler(), ["tenure", "charges"]),
        ("texts", OneHotEncoder(handle_unknown="ignore"), ["contract"]),
    ])
    fitted = make_pipeline(columns, LogisticRegression()).fit(frame, label)
    types = [(name, StringTensorType([None, 1]) if name == "contract" else FloatTensorType([None, 1])) for name in frame]
    return to_onnx(fitted, initial_types=types, target_opset={"": 18, "ai.onnx.ml": 3})


def branches():
    """A graph that doubles or negates its rows by the sign of their sum; both branches read the outer input."""
    def branch(name, node):
        return helper.make_graph([node], name, [], [helper.make_tensor_value_info(name, TensorProto.FLOAT, None)])

    nodes = [
        helper.make_node("ReduceSum", ["x"], ["sum"], name="total", keepdims=0),
        helper.make_node("Greater", ["sum", "zero"], ["positive"], name="sign"),
        helper.make_node(
            "If", ["positive"], ["y"], name="choose",
            then_branch=branch("doubled", helper.make_node("Add", ["x", "x"], ["doubled"])),
            else_branch=branch("negated", helper.make_node("Neg", ["x"], ["negated"]))),
    ]
    return model(
        nodes, [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3, 2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3, 2])],
        [numpy_helper.from_array(numpy.array(0, numpy.float32), "zero")])


def constants():
    """Constants of every element type, each raw and typed, and their values."""
    tensors, values = [], {}
    for name, (kind, plain) in NARROW.items():
        array = numpy.array(plain, dtype=name)
        if kind != TensorProto.STRING:
            tensors.append(helper.make_tensor(f"{name}_raw", kind, [3], array.tobytes(), raw=True))
        tensors.append(helper.make_tensor(f"{name}_typed", kind, [3], array))
    brain = numpy.array([0.1, -3e38, 1.0], dtype=ml_dtypes.bfloat16)
    tensors.append(helper.make_tensor("bfloat16_raw", TensorProto.BFLOAT16, [3], brain.tobytes(), raw=True))
    tensors.append(helper.make_tensor("bfloat16_typed", TensorProto.BFLOAT16, [3], brain.astype(numpy.float32)))
    for tensor in tensors:
        array = numpy_helper.to_array(tensor)
        if tensor.data_type in (TensorProto.BFLOAT16, TensorProto.FLOAT16):
            array = array.astype(numpy.float32)
        if array.dtype == numpy.uint64:
            array = array.astype(numpy.int64)
        if tensor.data_type == TensorProto.STRING:
            array = numpy.array([text.decode() if isinstance(text, bytes) else text for text in array], dtype=object)
        values[tensor.name] = engine_fixtures.described(array)
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 1])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 1])
    return model([helper.make_node("Identity", ["x"], ["y"])], [x], [y], tensors), values


def narrow():
    """Every element type in and out unchanged."""
    nodes, inputs, outputs, arrays = [], [], [], {}
    for name, (kind, plain) in NARROW.items():
        nodes.append(helper.make_node("Identity", [f"{name}_in"], [f"{name}_out"]))
        inputs.append(helper.make_tensor_value_info(f"{name}_in", kind, [None, 1]))
        outputs.append(helper.make_tensor_value_info(f"{name}_out", kind, [None, 1]))
        arrays[f"{name}_in"] = numpy.array(plain, dtype=name).reshape(3, 1)
    return model(nodes, inputs, outputs), arrays


def maps():
    """One map per row, with text keys that are not sorted."""
    node = helper.make_node(
        "ZipMap", ["x"], ["scores"], domain="ai.onnx.ml", classlabels_strings=["stays", "leaves", "asks"])
    kind = helper.make_sequence_type_proto(
        helper.make_map_type_proto(TensorProto.STRING, helper.make_tensor_type_proto(TensorProto.FLOAT, [])))
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 3])
    rows = numpy.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]], numpy.float32)
    return model([node], [x], [helper.make_value_info("scores", kind)]), {"x": rows}


def main():
    MODELS.mkdir(parents=True, exist_ok=True)
    (MODELS / "pipeline.onnx").write_bytes(pipeline().SerializeToString())
    (MODELS / "branches.onnx").write_bytes(branches().SerializeToString())
    content, values = constants()
    (MODELS / "constants.onnx").write_bytes(content.SerializeToString())
    (MODELS / "constants.json").write_text(json.dumps(values, ensure_ascii=False) + "\n")
    engine_fixtures.FOLDER = CASES
    engine_fixtures.ELEMENT_TYPES.update(uint64="int64", float16="float32")
    engine_fixtures.write("narrow-types", *narrow())
    engine_fixtures.write("unsorted-maps", *maps())
    engine_fixtures.write("branches", branches(), {"x": numpy.array([[1, -2], [3, 4], [0, -1]], numpy.float32)})


if __name__ == "__main__":
    main()
