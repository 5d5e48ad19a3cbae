#!/usr/bin/env python3
"""The script that Slipway's batch scoring is compared with: pandas reads, ONNX Runtime predicts, pandas writes.

    pandas_script.py MODEL ROWS RESULT
"""

import sys

import numpy
import onnxruntime
import pandas


def main(model, rows, result):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    frame = pandas.read_parquet(rows)
    columns = [name for name in frame.columns if name != "id"]
    answers = session.run(None, {session.get_inputs()[0].name: frame[columns].to_numpy(numpy.float32)})[0]
    pandas.DataFrame({"id": frame["id"], "variable": answers[:, 0]}).to_parquet(result)


if __name__ == "__main__":
    main(*sys.argv[1:])
