#!/usr/bin/env python3
"""Writes the models, inputs and expected outputs that every inference engine must agree on.

Each case is a folder `Tests/Fixtures/engines/NAME/` with `model.onnx` and `case.json`. The expected outputs come from
ONNX Runtime, the reference implementation; models come from scikit-learn through skl2onnx, from LightGBM through
onnxmltools, and from `engine_graphs.py`, which builds single-operator graphs by hand.

Usage: engine_fixtures.py [NAME ...]      (all cases when no name is given)
Needs: numpy onnx onnxruntime scikit-learn skl2onnx lightgbm onnxmltools
"""

import json
import math
import os
import shutil
import sys
import warnings
from collections import Counter
from pathlib import Path

import numpy
import onnx
import onnxruntime
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, Int64TensorType, StringTensorType

FOLDER = Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "engines"

ELEMENT_TYPES = {
    "float32": "float32",
    "float64": "float64",
    "int32": "int32",
    "int64": "int64",
    "bool": "bool",
    "object": "string",
    "float16": "float32",
    "uint8": "int64",
    "int8": "int64",
    "uint16": "int64",
    "int16": "int64",
    "uint32": "int64",
}


def plain(value):
    """One element as JSON can hold it."""
    if isinstance(value, (bool, numpy.bool_)):
        return bool(value)
    if isinstance(value, (int, numpy.integer)):
        return int(value)
    if isinstance(value, str):
        return value
    number = float(value)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if isinstance(value, numpy.float32):
        return float(numpy.format_float_positional(value, unique=True)) if 1e-4 < abs(number) < 1e9 else number
    return number


def described(array):
    """An array as the `type`, `shape`, `data` of a case."""
    array = numpy.asarray(array)
    if array.dtype.kind in "US":
        array = array.astype(object)
    return {
        "type": ELEMENT_TYPES[str(array.dtype)],
        "shape": list(array.shape),
        "data": [plain(value) for value in array.reshape(-1)],
    }


def unzipped(value):
    """An output as an array with the labels of its columns, when it is a list with one map per row.

    A list of arrays, one per target, becomes one with all of them side by side.
    """
    if isinstance(value, list) and isinstance(value[0], numpy.ndarray):
        return numpy.concatenate(value, axis=1), None
    if isinstance(value, list):
        labels = list(value[0])
        kind = numpy.float64 if isinstance(value[0][labels[0]], numpy.float64) else numpy.float32
        return numpy.array([[row[label] for label in labels] for row in value], dtype=kind), [str(x) for x in labels]
    return value, None


def write(name, model, inputs):
    """Runs a model on its inputs and writes the case."""
    model.graph.name = name  # The converters draw a random one.
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    content = model.SerializeToString()
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    values = session.run(None, inputs)
    outputs = []
    for declared, value in zip(session.get_outputs(), values):
        array, labels = unzipped(value)
        outputs.append({"name": declared.name, **described(array), "labels": labels})
    folder = FOLDER / name
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(content)
    case = {"inputs": {key: described(value) for key, value in inputs.items()}, "outputs": outputs}
    (folder / "case.json").write_text(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n")
    return Counter((node.domain + "." if node.domain else "") + node.op_type for node in model.graph.node)


def input_types(inputs):
    """The declared inputs that skl2onnx wants for example arrays."""
    kinds = {
        "float32": FloatTensorType,
        "float64": DoubleTensorType,
        "int64": Int64TensorType,
        "object": StringTensorType,
    }
    return [(name, kinds[str(array.dtype)]([None, array.shape[1]])) for name, array in inputs.items()]


def main():
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The converters walk sets of names; a fixed seed makes them number nodes the same way every time.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    warnings.filterwarnings("ignore")
    import engine_estimators
    import engine_graphs
    import engine_operators
    import engine_sweep

    wanted = set(sys.argv[1:])
    operators = Counter()
    for module in (engine_estimators, engine_graphs, engine_operators, engine_sweep):
        for name, make in module.cases():
            if wanted and name not in wanted:
                continue
            model, inputs = make()
            found = write(name, model, inputs)
            operators.update(found)
            print(f"{name}: {' '.join(sorted(found))}")
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    print(f"{len(list(FOLDER.iterdir()))} cases, {size / 1e6:.2f} MB")
    print("operators:", " ".join(sorted(operators)))


if __name__ == "__main__":
    main()
