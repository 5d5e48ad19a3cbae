"""Graphs written by hand, for operator options that no estimator reaches.

One graph holds many nodes that read the same few inputs, and every node's outputs are outputs of the graph.
"""

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

NAN, INFINITY = float("nan"), float("inf")
FLOAT, DOUBLE, INT32, INT64 = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.INT32, TensorProto.INT64
STRING, BOOL = TensorProto.STRING, TensorProto.BOOL
MACHINE_LEARNING = "ai.onnx.ml"


class Sheet:
    """A graph that grows node by node.

    Rows are open in number unless some node looks at more than one row at a time.
    """

    def __init__(self, opset=18, ml=3, by_row=True, **inputs):
        self.opset, self.ml, self.by_row, self.inputs = opset, ml, by_row, inputs
        self.nodes, self.outputs, self.constants = [], [], []

    def constant(self, values, kind=numpy.int64):
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(numpy.array(values, dtype=kind), name))
        return name

    def add(self, operator, inputs, count=1, domain="", output=None, **attributes):
        index = len(self.nodes)
        names = [f"{operator.lower()}_{index}" + (f"_{part}" if count > 1 else "") for part in range(count)]
        self.nodes.append(
            helper.make_node(operator, inputs, names, name=f"{operator}_{index}", domain=domain, **attributes)
        )
        if output != "hidden":
            self.outputs += names
        return names[0]

    def learn(self, operator, inputs, count=1, **attributes):
        return self.add(operator, inputs, count, MACHINE_LEARNING, **attributes)

    def finish(self):
        kinds = {"object": STRING}
        declared = [
            helper.make_tensor_value_info(
                name,
                kinds.get(str(array.dtype)) or helper.np_dtype_to_tensor_dtype(array.dtype),
                ["rows" if self.by_row else len(array), *array.shape[1:]]
            )
            for name, array in self.inputs.items()
        ]
        graph = helper.make_graph(
            self.nodes, "sheet", declared, [onnx.ValueInfoProto(name=name) for name in self.outputs], self.constants
        )
        opsets = [helper.make_opsetid("", self.opset), helper.make_opsetid(MACHINE_LEARNING, self.ml)]
        if any(node.domain == "com.microsoft" for node in self.nodes):
            opsets.append(helper.make_opsetid("com.microsoft", 1))
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
        model = onnx.shape_inference.infer_shapes(model)
        self.declare_outputs(model)
        return model, self.inputs

    def declare_outputs(self, model):
        """Gives each output that shape inference left open the type that ONNX Runtime finds."""
        names = {"tensor(float)": FLOAT, "tensor(double)": DOUBLE, "tensor(int64)": INT64, "tensor(string)": STRING}
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        found = {output.name: output.type for output in session.get_outputs()}
        for output in model.graph.output:
            if not output.type.WhichOneof("value"):
                output.type.tensor_type.elem_type = names[found[output.name]]


def floats(*rows):
    return numpy.array(rows, dtype=numpy.float32)


def texts(*rows):
    return numpy.array(rows, dtype=object)


def functions():
    sheet = Sheet(x=floats([-2.5, -0.5, 0.5], [1.5, 2.5, NAN], [0.1, -0.1, 30], [INFINITY, -INFINITY, -0.0]))
    for operator in [
        "Neg",
        "Abs",
        "Sqrt",
        "Exp",
        "Log",
        "Floor",
        "Ceil",
        "Round",
        "Reciprocal",
        "Sign",
        "Sigmoid",
        "Relu",
        "Tanh",
        "Erf",
        "Softplus",
        "IsNaN",
        "IsInf",
        "LeakyRelu",
        "Elu",
    ]:
        sheet.add(operator, ["x"])
    sheet.add("LeakyRelu", ["x"], alpha=0.25)
    sheet.add("IsInf", ["x"], detect_negative=0)
    return sheet.finish()


def functions_double():
    sheet = Sheet(x=numpy.array([[-2.5, 0.3], [1.5, 40.0]]))
    for operator in [
        "Neg",
        "Abs",
        "Sqrt",
        "Exp",
        "Log",
        "Floor",
        "Ceil",
        "Round",
        "Reciprocal",
        "Sign",
        "Sigmoid",
        "Relu",
        "Tanh",
    ]:
        sheet.add(operator, ["x"])
    return sheet.finish()


def arithmetic():
    sheet = Sheet(by_row=False, x=floats([1, -2, 3.5], [0, 5, -6]), y=floats([2], [0.5]))
    row, scalar = sheet.constant([1, 2, 4], numpy.float32), sheet.constant(3, numpy.float32)
    cube = sheet.constant(numpy.arange(4).reshape(2, 1, 2, 1) - 1.5, numpy.float32)
    for operator in ["Add", "Sub", "Mul", "Div", "Pow"]:
        for other in ["y", row, scalar, cube]:
            sheet.add(operator, ["x", other])
        sheet.add(operator, [scalar, "x"])
    sheet.add("Pow", ["x", sheet.constant([2, 3, 0])])
    sheet.add("Mod", ["x", row], fmod=1)
    for operator in ["Sum", "Mean", "Min", "Max"]:
        sheet.add(operator, ["x", "y", row])
        sheet.add(operator, ["x"])
    return sheet.finish()


def integers():
    sheet = Sheet(
        by_row=False,
        x=numpy.array([[7, -7], [9, -4]], dtype=numpy.int64),
        y=numpy.array([[2, 3], [-4, -3]], dtype=numpy.int64),
        z=numpy.array([[7, -8], [5, 2]], dtype=numpy.int32),
    )
    for operator in [
        "Add",
        "Sub",
        "Mul",
        "Div",
        "Mod",
        "Min",
        "Max",
        "Equal",
        "Less",
        "Greater",
        "LessOrEqual",
        "GreaterOrEqual",
    ]:
        sheet.add(operator, ["x", "y"])
    sheet.add("Mod", ["x", "y"], fmod=1)
    for operator in ["Neg", "Abs", "Sign"]:
        sheet.add(operator, ["x"])
    for operator in ["Add", "Mul", "Div"]:
        sheet.add(operator, ["z", "z"])
    sheet.add("Pow", ["x", sheet.constant([2, 2])])
    for operator in ["ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceMean"]:
        inputs = ["z"] if operator != "ReduceSum" else ["z", sheet.constant([1])]
        sheet.add(operator, inputs)
    sheet.add("Clip", ["x", sheet.constant(-5), sheet.constant(8)])
    return sheet.finish()


def logic():
    sheet = Sheet(
        by_row=False,
        a=numpy.array([[True, False], [True, True]]),
        b=numpy.array([[True], [False]]),
        x=floats([1, NAN], [2, -1]),
        s=texts(["a", "b"], ["", "c"]),
        opset=19,
    )
    for operator in ["And", "Or", "Xor", "Equal"]:
        sheet.add(operator, ["a", "b"])
    sheet.add("Not", ["a"])
    two = sheet.constant(1, numpy.float32)
    for operator in ["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"]:
        sheet.add(operator, ["x", two])
    sheet.add("Equal", ["s", sheet.constant(["a", "c"], object)])
    sheet.add("Where", ["a", "x", two])
    sheet.add("Where", ["b", two, "x"])
    sheet.add("Where", ["b", "s", sheet.constant(["?"], object)])
    return sheet.finish()


def clips():
    sheet = Sheet(x=floats([-3, 0.5, 9], [NAN, INFINITY, -INFINITY]))
    low, high = sheet.constant(-1, numpy.float32), sheet.constant(2, numpy.float32)
    sheet.add("Clip", ["x", low, high])
    sheet.add("Clip", ["x", "", high])
    sheet.add("Clip", ["x", low])
    sheet.add("Clip", ["x"])
    return sheet.finish()


def clips_old():
    sheet = Sheet(x=floats([-3, 0.5, 9], [1, 2, 3]), opset=10)
    sheet.add("Clip", ["x"], min=-1.0, max=2.0)
    sheet.add("Clip", ["x"], max=2.0)
    return sheet.finish()


def casts():
    sheet = Sheet(
        f=floats([1.75, -1.75], [0.1, 123456.789], [1e10, 1e-7], [3, -0.0]),
        d=numpy.array([[1 / 3, 2.5e300], [-7.9, 0.0], [1e16, 12], [0.5, 1e-9]]),
        i=numpy.array([[1, -2], [0, 300], [2**40, 7], [16777217, 5]], dtype=numpy.int64),
        j=numpy.array([[1, -2], [0, 300], [70000, 7], [16777217, 5]], dtype=numpy.int32),
        b=numpy.array([[True, False]] * 4),
        s=texts(["1.5", "-2"], ["1e3", "0"], ["NaN", "7"], ["2", "3"]),
        w=texts(["15", "-2"], ["1", "0"], ["12345678901", "7"], ["2", "3"]),
    )
    for source in "fdijb":
        for kind in [FLOAT, DOUBLE, INT32, INT64, BOOL]:
            if source in "fd" and kind in (INT32, INT64):
                continue
            sheet.add("Cast", [source], to=kind)
    for source in "fdij":
        sheet.add("Cast", [source], to=STRING)
    small = sheet.add(
        "Clip", ["f", sheet.constant(-2, numpy.float32), sheet.constant(200, numpy.float32)], output="hidden"
    )
    for kind in [INT32, INT64]:
        sheet.add("Cast", [small], to=kind)
    bytes_ = sheet.add("Cast", ["j"], to=TensorProto.UINT8, output="hidden")
    sheet.add("Cast", [bytes_], to=INT64)
    for kind in [FLOAT, DOUBLE]:
        sheet.add("Cast", ["s"], to=kind)
    sheet.add("Cast", ["w"], to=INT64)
    odd = sheet.constant([NAN, INFINITY, -INFINITY, 1.0, -0.5], numpy.float32)
    sheet.add("Cast", [odd], to=STRING)
    return sheet.finish()


def shapes():
    cube = numpy.arange(24, dtype=numpy.float32).reshape(2, 3, 4)
    sheet = Sheet(
        by_row=False,
        x=cube,
        s=texts(["a", "b", "c"], ["d", "e", "f"]),
        m=numpy.array([[[1], [2], [3]]] * 2, dtype=numpy.int64),
    )
    for wanted in [[6, 4], [0, -1], [-1], [2, 0, 2, 2]]:
        sheet.add("Reshape", ["x", sheet.constant(wanted)])
    for axis in [0, 1, 2, 3, -1]:
        sheet.add("Flatten", ["x"], axis=axis)
    sheet.add("Squeeze", ["m", sheet.constant([-1])])
    sheet.add("Squeeze", ["m"])
    sheet.add("Unsqueeze", ["s", sheet.constant([0, -1])])
    sheet.add("Transpose", ["x"])
    sheet.add("Transpose", ["x"], perm=[1, 0, 2])
    sheet.add("Transpose", ["s"])
    for axis in [0, 1, -1]:
        sheet.add("Concat", ["x", "x"], axis=axis)
        sheet.add("Gather", ["x", sheet.constant([[0, -1], [1, 0]])], axis=axis)
    sheet.add("Concat", ["s", "s"], axis=1)
    sheet.add("Gather", ["s", sheet.constant(1)], axis=1)
    for starts, ends, axes, steps in [
        ([1], [3], [2], [1]),
        ([-1, 0], [-100, 100], [2, 1], [-1, 2]),
        ([3], [1], [2], [1]),
        ([0, 0, 3], [2, 3, -100], [0, 1, 2], [1, 1, -2]),
    ]:
        sheet.add(
            "Slice", ["x", sheet.constant(starts), sheet.constant(ends), sheet.constant(axes), sheet.constant(steps)]
        )
    sheet.add("Slice", ["s", sheet.constant([0]), sheet.constant([1])])
    sheet.add("Split", ["x"], 2, axis=2, num_outputs=2)
    sheet.add("Split", ["x"], 2, axis=1, num_outputs=2)
    sheet.add("Split", ["x", sheet.constant([1, 0, 3])], 3, axis=-1)
    sheet.add("Expand", ["s", sheet.constant([2, 2, 3])])
    sheet.add("Expand", ["m", sheet.constant([1, 1, 2])])
    sheet.add("Tile", ["s", sheet.constant([2, 3])])
    sheet.add("Tile", ["x", sheet.constant([1, 2, 1])])
    sheet.add("Shape", ["x"])
    sheet.add("Shape", ["x"], start=1, end=-1)
    sheet.add("Size", ["x"])
    size = sheet.add("Shape", ["s"])
    sheet.add("ConstantOfShape", [size])
    sheet.add("ConstantOfShape", [size], value=numpy_helper.from_array(numpy.array([7], dtype=numpy.int64)))
    for value in [
        {"value_float": 1.5},
        {"value_ints": [1, 2]},
        {"value_string": "é"},
        {"value_strings": ["a", ""]},
        {"value_int": 3},
        {"value_floats": [0.5]},
    ]:
        sheet.add("Constant", [], **value)
    return sheet.finish()


def shapes_old():
    sheet = Sheet(by_row=False, x=numpy.arange(12, dtype=numpy.float32).reshape(2, 1, 6), opset=9)
    sheet.add("Slice", ["x"], starts=[1, 0], ends=[2, -1], axes=[2, 0])
    sheet.add("Squeeze", ["x"], axes=[1])
    sheet.add("Unsqueeze", ["x"], axes=[0, 4])
    sheet.add("Split", ["x"], 2, axis=2, split=[2, 4])
    sheet.add("Softmax", ["x"])
    sheet.add("Softmax", ["x"], axis=2)
    sheet.add("LogSoftmax", ["x"], axis=0)
    sheet.add("ReduceSum", ["x"], axes=[0, 2])
    sheet.add("ReduceMean", ["x"], axes=[2], keepdims=0)
    sheet.add("Flatten", ["x"], axis=2)
    return sheet.finish()


def reductions():
    cube = numpy.linspace(-2, 3, 24, dtype=numpy.float32).reshape(2, 3, 4)
    sheet = Sheet(by_row=False, x=cube, d=numpy.array([[0.5, 1.5], [2.5, 4.5]]), t=floats([1, 3, 3], [2, 2, 1]))
    for operator in [
        "ReduceSum",
        "ReduceMean",
        "ReduceMax",
        "ReduceMin",
        "ReduceProd",
        "ReduceSumSquare",
        "ReduceL1",
        "ReduceL2",
        "ReduceLogSumExp",
    ]:
        sheet.add(operator, ["x"])
        sheet.add(operator, ["x", sheet.constant([-1])])
        sheet.add(operator, ["x", sheet.constant([0, 2])], keepdims=0)
        (
            sheet.add(operator, ["x"], noop_with_empty_axes=1)
            if operator in ("ReduceSum", "ReduceMean", "ReduceMax")
            else None
        )
        sheet.add(operator, ["d", sheet.constant([0])])
    sheet.add("ReduceLogSum", ["d", sheet.constant([1])])
    for operator in ["ArgMax", "ArgMin"]:
        sheet.add(operator, ["t"])
        sheet.add(operator, ["t"], axis=-1, keepdims=0)
        sheet.add(operator, ["t"], axis=1, select_last_index=1)
        sheet.add(operator, ["x"], axis=1)
    for operator in ["Softmax", "LogSoftmax"]:
        sheet.add(operator, ["x"])
        sheet.add(operator, ["x"], axis=0)
        sheet.add(operator, ["d"], axis=1)
    return sheet.finish()


def products():
    generator = numpy.random.default_rng(1)
    x = generator.normal(size=(3, 4)).astype(numpy.float32)
    sheet = Sheet(
        by_row=False, x=x, b=generator.normal(size=(3, 2, 4)).astype(numpy.float32), d=generator.normal(size=(3, 3))
    )
    weights = sheet.constant(generator.normal(size=(4, 5)), numpy.float32)
    turned = sheet.constant(generator.normal(size=(5, 4)), numpy.float32)
    stack = sheet.constant(generator.normal(size=(3, 4, 2)), numpy.float32)
    vector = sheet.constant(generator.normal(size=4), numpy.float32)
    square = sheet.constant(generator.normal(size=(3, 3)), numpy.float64)
    bias, column = sheet.constant(generator.normal(size=5), numpy.float32), sheet.constant(
        [[1], [2], [3]], numpy.float32
    )
    for left, right in [
        ("x", weights),
        ("x", vector),
        ("b", weights),
        ("b", stack),
        ("b", vector),
        ("x", stack),
        ("d", square),
    ]:
        sheet.add("MatMul", [left, right])
    sheet.add("MatMul", [vector, weights])
    sheet.add("Gemm", ["x", weights])
    sheet.add("Gemm", ["x", weights, bias], alpha=0.5, beta=2.0)
    sheet.add("Gemm", ["x", turned, column], transB=1)
    sheet.add("Gemm", ["x", "x", sheet.constant(1.5, numpy.float32)], transA=1)
    sheet.add("Gemm", ["d", square, sheet.constant([[1, 2, 3]], numpy.float64)], transA=1, transB=1)
    return sheet.finish()


def preparation():
    x = floats([1, -2, NAN], [0, 4, 5], [-1, 0, 0], [0, 0, 0])
    sheet = Sheet(
        x=x,
        d=x[1:].astype(numpy.float64)[[0, 1, 2, 2]],
        i=numpy.array([[1, -2, 0], [9, 4, 5], [-1, 0, 3], [0, 0, 0]], dtype=numpy.int64),
    )
    sheet.learn("Scaler", ["x"], offset=[1.0, 2.0, 3.0], scale=[0.5, 1.0, 2.0])
    sheet.learn("Scaler", ["x"], offset=[1.0], scale=[0.5])
    sheet.learn("Scaler", ["d"], offset=[0.1, 0.2, 0.3], scale=[3.0, 1.0, 2.0])
    sheet.learn("Scaler", ["i"], offset=[0.1, 0.2, 0.3], scale=[3.0, 1.0, 2.0])
    filled = sheet.learn("Imputer", ["x"], imputed_value_floats=[9.0, 8.0, 7.0], replaced_value_float=NAN)
    sheet.learn("Imputer", ["x"], imputed_value_floats=[9.0], replaced_value_float=0.0)
    sheet.learn("Imputer", ["i"], imputed_value_int64s=[9], replaced_value_int64=0)
    for norm in ["MAX", "L1", "L2"]:
        for source in "xdi":
            sheet.learn("Normalizer", [source], norm=norm)
    sheet.learn("Binarizer", [filled], threshold=0.5)
    sheet.learn("FeatureVectorizer", ["x", "x"], inputdimensions=[3, 5])
    sheet.learn("ArrayFeatureExtractor", ["x", sheet.constant([2, 0, 0])])
    sheet.learn("ArrayFeatureExtractor", [sheet.constant([5, 6, 7], numpy.float32), sheet.constant([1])])
    return sheet.finish()


def encoders():
    sheet = Sheet(
        s=texts(["red", "blue"], ["", "RED"], ["grün", "red"]),
        i=numpy.array([[1, 2], [3, 9], [-1, 2]], dtype=numpy.int64),
        x=floats([1, 2.5], [NAN, 3], [-0.0, 9]),
    )
    sheet.learn("OneHotEncoder", ["s"], cats_strings=["red", "blue", "grün", ""])
    sheet.learn("OneHotEncoder", ["i"], cats_int64s=[3, 2, 1])
    sheet.learn("OneHotEncoder", ["x"], cats_int64s=[0, 1, 2])
    sheet.learn("CategoryMapper", ["s"], cats_strings=["red", "blue"], cats_int64s=[10, 20], default_int64=-5)
    sheet.learn("CategoryMapper", ["i"], cats_strings=["one", "two"], cats_int64s=[1, 2], default_string="other")
    keys = {
        "keys_strings": (["red", "blue", "red"], "s"),
        "keys_int64s": ([1, 2, 3], "i"),
        "keys_floats": ([1.0, 2.5, 0.0], "x"),
    }
    values = {"values_strings": ["a", "b", "c"], "values_int64s": [4, 5, 6], "values_floats": [0.5, 0.25, 0.125]}
    for key, (table, source) in keys.items():
        for value, replies in values.items():
            sheet.learn("LabelEncoder", [source], **{key: table, value: replies})
    sheet.learn("LabelEncoder", ["s"], keys_strings=["red"], values_int64s=[7], default_int64=70)
    sheet.learn("LabelEncoder", ["i"], keys_int64s=[1], values_strings=["one"], default_string="none")
    return sheet.finish()


def encoders_tensors():
    sheet = Sheet(
        ml=4, s=texts(["red"], ["?"]), d=numpy.array([[1.5], [NAN]]), i=numpy.array([[1], [5]], dtype=numpy.int64)
    )

    def tensor(values, kind):
        return numpy_helper.from_array(numpy.array(values, dtype=kind))

    sheet.learn(
        "LabelEncoder",
        ["d"],
        keys_tensor=tensor([1.5, NAN], numpy.float64),
        values_tensor=tensor([10.0, 20.0], numpy.float64),
        default_tensor=tensor([-1.0], numpy.float64),
    )
    sheet.learn("LabelEncoder", ["i"], keys_int64s=[1, 2], values_int64s=[10, 20])
    sheet.learn("LabelEncoder", ["s"], keys_strings=["red"], values_strings=["rot"])
    return sheet.finish()


def encoders_bytes():
    """Texts that look alike and differ in bytes: one code point for a letter, or two."""
    composed, decomposed = "Z\u00fcrich", "Zu\u0308rich"
    sheet = Sheet(opset=19, s=texts([composed, decomposed], ["\u212b", "A\u030a"], ["\u00c5", decomposed]))
    both = [composed, "\u00c5", "A\u030a"]
    sheet.learn("OneHotEncoder", ["s"], cats_strings=both)
    sheet.learn("LabelEncoder", ["s"], keys_strings=both, values_int64s=[1, 2, 3])
    sheet.learn("CategoryMapper", ["s"], cats_strings=both, cats_int64s=[1, 2, 3])
    sheet.add("Equal", ["s", sheet.constant(decomposed, object)])
    return sheet.finish()


def encoders_undefined(ml):
    """NaN among the keys, which is found since version 4 only."""
    sheet = Sheet(ml=ml, x=floats([NAN, 1], [0, 2]))
    sheet.learn("LabelEncoder", ["x"], keys_floats=[NAN, 1.0], values_int64s=[7, 8], default_int64=-1)
    sheet.learn("LabelEncoder", ["x"], keys_floats=[NAN, 1.0], values_strings=["none", "one"])
    sheet.learn("LabelEncoder", ["x"], keys_floats=[NAN, 1.0], values_floats=[9.0, 8.0], default_float=-1.0)
    return sheet.finish()


def encoders_undefined_old():
    return encoders_undefined(2)


def encoders_undefined_new():
    return encoders_undefined(4)


def linear_models():
    x = floats([1, 2, -1], [0, 0, 0], [-3, 0.5, 2], [40, -3, 8])
    sheet = Sheet(x=x, d=x.astype(numpy.float64), i=x.astype(numpy.int64))
    three = [0.5, -1, 2, 0.25, 0.5, -0.75, 1, 1, 1]
    for transform in ["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT"]:
        if transform != "PROBIT":
            sheet.learn(
                "LinearClassifier",
                ["x"],
                2,
                coefficients=three,
                intercepts=[0.1, 0.2, -0.3],
                classlabels_ints=[5, 6, 7],
                post_transform=transform,
            )
            sheet.learn(
                "LinearClassifier",
                ["x"],
                2,
                coefficients=three[:3],
                intercepts=[0.1],
                classlabels_strings=["no", "yes"],
                post_transform=transform,
            )
        sheet.learn(
            "LinearRegressor", ["x"], coefficients=three[:3], intercepts=[0.1], targets=1, post_transform=transform
        )
        sheet.learn(
            "LinearRegressor",
            ["x"],
            coefficients=[v / 100 for v in three[:6]],
            intercepts=[0.8, 0.25],
            targets=2,
            post_transform=transform,
        )
    for source in "di":
        sheet.learn(
            "LinearClassifier", [source], 2, coefficients=three, intercepts=[0.1, 0.2, -0.3], classlabels_ints=[5, 6, 7]
        )
    sheet.learn(
        "LinearClassifier",
        ["x"],
        2,
        coefficients=three[:6],
        intercepts=[0.1, 0.2],
        classlabels_strings=["a", "b"],
        multi_class=1,
    )
    sheet.learn("LinearRegressor", ["x"], coefficients=three[:3], targets=1)
    return sheet.finish()


STUMPS = dict(
    nodes_treeids=[0, 0, 0, 1, 1, 1],
    nodes_nodeids=[0, 1, 2, 0, 1, 2],
    nodes_featureids=[0, 0, 0, 1, 0, 0],
    nodes_values=[0.5, 0.0, 0.0, 0.25, 0.0, 0.0],
    nodes_truenodeids=[1, 0, 0, 1, 0, 0],
    nodes_falsenodeids=[2, 0, 0, 2, 0, 0],
    nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF", "BRANCH_LT", "LEAF", "LEAF"],
)
ABOVE = float(numpy.nextafter(numpy.float32(0.5), numpy.float32(1)))
BELOW = float(numpy.nextafter(numpy.float32(0.25), numpy.float32(0)))
EDGE_ROWS = floats([0, 0], [0.5, 0.25], [ABOVE, BELOW], [NAN, 0.1], [1, NAN], [INFINITY, -INFINITY])
ALL_LEAVES = dict(class_treeids=[0, 0, 1, 1], class_nodeids=[1, 2, 1, 2])
BOTH_CLASSES = dict(
    class_treeids=[0, 0, 0, 0, 1, 1, 1, 1], class_nodeids=[1, 1, 2, 2, 1, 1, 2, 2], class_ids=[0, 1] * 4
)


def tree_modes():
    sheet = Sheet(x=EDGE_ROWS, d=numpy.array([[0.5, 0.25], [0.5 + 1e-12, 0.25 - 1e-12], [0.1, NAN]] * 2))
    weights = dict(
        target_treeids=[0, 0, 1, 1],
        target_nodeids=[1, 2, 1, 2],
        target_ids=[0] * 4,
        target_weights=[1.0, 2.0, 10.0, 20.0],
        n_targets=1,
    )
    for mode in ["LEQ", "LT", "GTE", "GT", "EQ", "NEQ"]:
        same = {**STUMPS, "nodes_modes": [f"BRANCH_{mode}", "LEAF", "LEAF"] * 2}
        mixed = {**STUMPS, "nodes_modes": [f"BRANCH_{mode}", "LEAF", "LEAF", "BRANCH_LT", "LEAF", "LEAF"]}
        sheet.learn("TreeEnsembleRegressor", ["x"], **same, **weights)
        sheet.learn(
            "TreeEnsembleRegressor", ["x"], **mixed, **weights, nodes_missing_value_tracks_true=[1, 0, 0, 0, 0, 0]
        )
        sheet.learn(
            "TreeEnsembleRegressor", ["x"], **same, **weights, nodes_missing_value_tracks_true=[1, 0, 0, 1, 0, 0]
        )
    sheet.learn("TreeEnsembleRegressor", ["d"], **STUMPS, **weights)
    leaf = {**{key: value[:1] for key, value in STUMPS.items()}, "nodes_modes": ["LEAF"]}
    sheet.learn(
        "TreeEnsembleRegressor",
        ["x"],
        **leaf,
        target_treeids=[0],
        target_nodeids=[0],
        target_ids=[0],
        target_weights=[4.5],
        n_targets=1,
    )
    return sheet.finish()


def tree_aggregates():
    sheet = Sheet(x=EDGE_ROWS)
    one = dict(
        target_treeids=[0, 0, 1, 1],
        target_nodeids=[1, 2, 1, 2],
        target_ids=[0] * 4,
        target_weights=[0.1, -0.4, 0.3, 0.2],
        n_targets=1,
    )
    two = dict(
        target_treeids=[0, 0, 0, 1, 1],
        target_nodeids=[1, 1, 2, 1, 2],
        target_ids=[0, 1, 0, 1, 1],
        target_weights=[0.1, 0.4, 0.3, 0.2, 0.05],
        n_targets=2,
    )
    for aggregate in ["SUM", "AVERAGE", "MIN", "MAX"]:
        for weights in (one, two):
            base = [0.3, 0.2][: weights["n_targets"]]
            sheet.learn("TreeEnsembleRegressor", ["x"], **STUMPS, **weights, aggregate_function=aggregate)
            sheet.learn(
                "TreeEnsembleRegressor", ["x"], **STUMPS, **weights, aggregate_function=aggregate, base_values=base
            )
    for transform in ["LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT"]:
        sheet.learn("TreeEnsembleRegressor", ["x"], **STUMPS, **two, post_transform=transform)
        sheet.learn("TreeEnsembleRegressor", ["x"], **STUMPS, **one, base_values=[0.5], post_transform=transform)
    return sheet.finish()


def tree_repeated_weights():
    """Several weights for one target on one leaf."""
    sheet = Sheet(x=EDGE_ROWS, d=EDGE_ROWS.astype(numpy.float64))
    places = dict(target_treeids=[0, 0, 0, 0, 1, 1, 1], target_nodeids=[1, 2, 1, 2, 2, 1, 2])
    numbers = [0.1, -0.4, 0.3, 0.2, 0.7, 0.5, -0.9]
    for aggregate in ["SUM", "AVERAGE", "MIN", "MAX"]:
        for targets in (1, 2):
            for ids in [[0] * 7] + [[0, 1, 0, 1, 1, 0, 1]] * (targets - 1):
                for source in "xd":
                    sheet.learn(
                        "TreeEnsembleRegressor",
                        [source],
                        **STUMPS,
                        **places,
                        target_ids=ids,
                        target_weights=numbers,
                        n_targets=targets,
                        aggregate_function=aggregate,
                    )
    classes = {key.replace("target", "class"): value for key, value in places.items()}
    for count in (2, 3):
        for ids in ([1] * 7, [0, 1, 0, 1, 1, 0, 1]):
            sheet.learn(
                "TreeEnsembleClassifier",
                ["x"],
                count=2,
                **STUMPS,
                **classes,
                class_ids=ids,
                class_weights=numbers,
                classlabels_int64s=list(range(count)),
            )
    return sheet.finish()


def tree_binary():
    sheet = Sheet(x=EDGE_ROWS, d=EDGE_ROWS.astype(numpy.float64))
    kinds = {"positive": [0.1, 0.4, 0.3, 0.2], "mixed": [0.1, -0.4, 0.3, 0.2]}
    for numbers in kinds.values():
        for target in (0, 1):
            for transform in ["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"]:
                for base in ([], [0.3], [0.3, 0.2]):
                    extra = {"base_values": base} if base else {}
                    sheet.learn(
                        "TreeEnsembleClassifier",
                        ["x"],
                        2,
                        **STUMPS,
                        **ALL_LEAVES,
                        class_ids=[target] * 4,
                        class_weights=numbers,
                        classlabels_int64s=[5, 7],
                        post_transform=transform,
                        **extra,
                    )
        sheet.learn(
            "TreeEnsembleClassifier",
            ["d"],
            2,
            **STUMPS,
            **ALL_LEAVES,
            class_ids=[0] * 4,
            class_weights=numbers,
            classlabels_strings=["no", "yes"],
        )
    for numbers in ([0.1, 0.4, 0.3, 0.2, 0.2, 0.3, 0.4, 0.1], [0.1, -0.4, 0.3, -0.2, 0.2, 0.3, 0.4, 0.1]):
        for transform in ["NONE", "LOGISTIC", "SOFTMAX"]:
            for base in ([], [0.3, 0.2]):
                extra = {"base_values": base} if base else {}
                sheet.learn(
                    "TreeEnsembleClassifier",
                    ["x"],
                    2,
                    **STUMPS,
                    **BOTH_CLASSES,
                    class_weights=numbers,
                    classlabels_int64s=[5, 7],
                    post_transform=transform,
                    **extra,
                )
        sheet.learn(
            "TreeEnsembleClassifier",
            ["x"],
            2,
            **STUMPS,
            **BOTH_CLASSES,
            class_weights=numbers,
            classlabels_strings=["no", "yes"],
        )
    return sheet.finish()


def tree_multiclass():
    sheet = Sheet(x=EDGE_ROWS)
    for transform in ["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT"]:
        for base in ([], [0.1, 0.2, 0.3]):
            extra = {"base_values": base} if base else {}
            sheet.learn(
                "TreeEnsembleClassifier",
                ["x"],
                2,
                **STUMPS,
                **ALL_LEAVES,
                class_ids=[0, 1, 0, 2],
                class_weights=[0.1, 0.1, 0.3, 0.2],
                classlabels_strings=["a", "b", "c"],
                post_transform=transform,
                **extra,
            )
    return sheet.finish()


def tree_doubles():
    sheet = Sheet(d=numpy.array([[0.5, 0.25], [0.5 + 1e-12, 0.25 - 1e-12], [1 / 3, NAN]]))

    def tensor(values):
        return numpy_helper.from_array(numpy.array(values, dtype=numpy.float64))

    shape = {key: value for key, value in STUMPS.items() if key != "nodes_values"}
    sheet.learn(
        "TreeEnsembleRegressor",
        ["d"],
        **shape,
        nodes_values_as_tensor=tensor([0.5, 0, 0, 0.25, 0, 0]),
        n_targets=1,
        target_treeids=[0, 0, 1, 1],
        target_nodeids=[1, 2, 1, 2],
        target_ids=[0] * 4,
        target_weights_as_tensor=tensor([1 / 3, 2, 1e-9, 20]),
        base_values_as_tensor=tensor([0.1]),
    )
    sheet.learn(
        "TreeEnsembleClassifier",
        ["d"],
        2,
        **shape,
        nodes_values_as_tensor=tensor([1 / 3, 0, 0, 0.25, 0, 0]),
        **ALL_LEAVES,
        class_ids=[0] * 4,
        class_weights_as_tensor=tensor([0.3, 0.4, 0.25, 0.1]),
        classlabels_int64s=[0, 1],
    )
    return sheet.finish()


def unified(kind, modes, missing=None, members=None, **changes):
    """The attributes of a `TreeEnsemble` of operator set 5: two trees, the first of two branches, the other of one."""

    def tensor(values, element=kind):
        return numpy_helper.from_array(numpy.array(values, dtype=element))

    attributes = dict(
        tree_roots=[0, 2],
        nodes_featureids=[0, 1, 1],
        nodes_modes=tensor(modes, numpy.uint8),
        nodes_splits=tensor([0.5, 0.25, 0.25]),
        nodes_truenodeids=[1, 0, 3],
        nodes_trueleafs=[0, 1, 1],
        nodes_falsenodeids=[2, 1, 4],
        nodes_falseleafs=[1, 1, 1],
        leaf_weights=tensor([0.1, -0.4, 0.3, 0.2, 0.7]),
        leaf_targetids=[0] * 5,
        n_targets=1,
    )
    if missing:
        attributes["nodes_missing_value_tracks_true"] = missing
    if members:
        attributes["membership_values"] = tensor(members)
    return {**attributes, **changes}


def tree_unified():
    """`TreeEnsemble` in both precisions; a sheet of one precision each would be the same nodes twice."""
    sheet = Sheet(opset=21, ml=5, x=EDGE_ROWS, d=numpy.array([[0.5, 0.25], [0.5 + 1e-12, 0.25 - 1e-12], [NAN, 1]] * 2))
    for source, kind in (("x", numpy.float32), ("d", numpy.float64)):
        for modes in ([0, 1, 0], [1, 2, 3], [2, 0, 0], [3, 3, 3], [4, 5, 0], [5, 4, 1]):
            for missing in (None, [1, 0, 1], [1, 1, 1]):
                sheet.learn("TreeEnsemble", [source], **unified(kind, modes, missing))
        for aggregate in range(4):
            for transform in range(5):
                for targets in ({}, dict(leaf_targetids=[0, 1, 0, 1, 1], n_targets=2)):
                    sheet.learn(
                        "TreeEnsemble",
                        [source],
                        **unified(kind, [0, 0, 0], **targets),
                        aggregate_function=aggregate,
                        post_transform=transform,
                    )
        leaf = dict(tree_roots=[1, 0], nodes_truenodeids=[2, 3, 3], nodes_trueleafs=[1, 1, 1], nodes_falsenodeids=[0, 3, 4])
        sheet.learn("TreeEnsemble", [source], **unified(kind, [0, 0, 0], **leaf))
    return sheet.finish()


def tree_members():
    """Sets of members; only whole numbers are asked for, see `DecisionForest+Unified.swift`."""
    rows = [[0, 0], [1, 3], [3, 1], [40, 2], [NAN, 1], [2, NAN], [-7, 30], [INFINITY, -INFINITY]]
    sheet = Sheet(opset=21, ml=5, x=floats(*rows), d=numpy.array(rows, dtype=numpy.float64))
    for source, kind in (("x", numpy.float32), ("d", numpy.float64)):
        for members in ([0, 3, NAN, 1, 2, NAN], [40, 3, 1, NAN, 0, 1000, NAN], [-7, NAN, 2, 30, NAN]):
            for missing in (None, [1, 0, 1], [1, 1, 1]):
                sheet.learn("TreeEnsemble", [source], **unified(kind, [6, 6, 0], missing, members))
                sheet.learn("TreeEnsemble", [source], **unified(kind, [0, 6, 6], missing, members))
    return sheet.finish()


def zip_maps():
    sheet = Sheet(x=floats([0.25, 0.5, 0.25], [1, 0, 0]))
    sheet.learn("ZipMap", ["x"], classlabels_int64s=[-1, 2, 10])
    sheet.learn("ZipMap", ["x"], classlabels_strings=["", "b", "é"])
    return sheet.finish()


def cases():
    """All cases as name and maker."""
    for make in [
        functions,
        functions_double,
        arithmetic,
        integers,
        logic,
        clips,
        clips_old,
        casts,
        shapes,
        shapes_old,
        reductions,
        products,
        preparation,
        encoders,
        encoders_tensors,
        encoders_bytes,
        encoders_undefined_old,
        encoders_undefined_new,
        linear_models,
        tree_modes,
        tree_aggregates,
        tree_repeated_weights,
        tree_binary,
        tree_multiclass,
        tree_doubles,
        tree_unified,
        tree_members,
        zip_maps,
    ]:
        yield "graph-" + make.__name__.replace("_", "-"), make
