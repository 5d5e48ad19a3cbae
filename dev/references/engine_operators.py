"""Graphs written by hand for the operators beyond trees, linear models and encoders: one sheet per family."""

import itertools

import numpy
from engine_graphs import INFINITY, NAN, Sheet, floats, texts
from onnx import TensorProto, helper, numpy_helper


def doubles(*rows):
    return numpy.array(rows, dtype=numpy.float64)


def wholes(*rows, kind=numpy.int64):
    return numpy.array(rows, dtype=kind)


def formulas():
    rows = [-2.5, -0.5, 0.5], [0.9, 0.1, -0.99], [0.0, -0.0, 0.75], [20, -30, 3]
    sheet = Sheet(opset=20, x=floats(*rows), d=doubles(*rows))
    plain = "Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Atanh Softsign HardSwish Mish".split()
    with_parameters = [
        ("HardSigmoid", {}), ("HardSigmoid", dict(alpha=0.3, beta=0.4)), ("Selu", {}), ("Selu", dict(alpha=2.0, gamma=0.5)),
        ("Celu", {}), ("Celu", dict(alpha=2.0)), ("ThresholdedRelu", {}), ("ThresholdedRelu", dict(alpha=0.2)),
        ("Shrink", {}), ("Shrink", dict(bias=0.5, lambd=0.25)), ("Gelu", {}), ("Gelu", dict(approximate="tanh")),
    ]
    for operator, attributes in [(name, {}) for name in plain] + with_parameters:
        sheet.add(operator, ["x"], **attributes)
    for operator in ["Sin", "Cos"]:
        sheet.add(operator, ["d"])
    sheet.add("PRelu", ["x", sheet.constant([0.1, 0.2, 0.3], numpy.float32)])
    sheet.add("PRelu", ["x", sheet.constant([0.5], numpy.float32)])
    return sheet.finish()


def formulas_above_one():
    sheet = Sheet(x=floats([1, 1.5], [40, 2]))
    sheet.add("Acosh", ["x"])
    return sheet.finish()


def bits():
    sheet = Sheet(opset=18, a=wholes([6, -1, 12]), b=wholes([3, 5, 10]), i=wholes([6, -1, 12], kind=numpy.int32))
    for operator in ["BitwiseAnd", "BitwiseOr", "BitwiseXor"]:
        sheet.add(operator, ["a", "b"])
    sheet.add("BitwiseNot", ["i"])
    sheet.add("CastLike", ["a", "i"])
    return sheet.finish()


def narrow_types():
    """Half precision is rounded, and narrow whole numbers wrap around, after every operator."""
    half = numpy.array([[0.1, 1000, 3], [65504, -2.5, 0.3333]], dtype=numpy.float16)
    byte = numpy.array([[250, 10, 3], [255, 0, 128]], dtype=numpy.uint8)
    sheet = Sheet(opset=18, h=half, b=byte)
    factor = sheet.constant([[3, 7, 0.1]], numpy.float16)
    for operator in ["Add", "Mul", "Div"]:
        sheet.add(operator, ["h", factor])
    scaled = sheet.add("Mul", ["h", factor])
    sheet.add("Cast", [scaled], to=TensorProto.FLOAT)
    for operator in ["Neg", "Exp", "Sqrt", "Sigmoid", "Tanh"]:
        sheet.add(operator, ["h"])
    sheet.add("Cast", ["h"], to=TensorProto.DOUBLE)
    sheet.add("Cast", ["b"], to=TensorProto.FLOAT16)
    for operator in ["Add", "Mul", "Sub", "BitwiseAnd"]:
        sheet.add(operator, ["b", sheet.constant([[10, 3, 2]], numpy.uint8)])
    sheet.add("BitShift", ["b", sheet.constant([[1, 2, 3]], numpy.uint8)], direction="LEFT")
    sheet.add("BitShift", ["b", sheet.constant([[1, 2, 3]], numpy.uint8)], direction="RIGHT")
    sheet.add("Cast", ["b"], to=TensorProto.INT8)
    return sheet.finish()


def places():
    x = floats([1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12])
    sheet = Sheet(opset=18, by_row=False, x=x, t=texts(["a", "b"], ["c", "d"]))
    sheet.add("GatherElements", ["x", sheet.constant([[0, -1], [3, 2]])], axis=0)
    sheet.add("GatherElements", ["x", sheet.constant([[2], [0], [-3], [1]])], axis=1)
    sheet.add("GatherND", ["x", sheet.constant([[0, 1], [-1, 2]])])
    sheet.add("GatherND", ["x", sheet.constant([[1], [3]])])
    sheet.add("GatherND", ["t", sheet.constant([[0], [1]])], batch_dims=1)
    for reduction in ["none", "add", "mul", "max", "min"]:
        sheet.add(
            "ScatterElements", ["x", sheet.constant([[0, 1, 0], [2, 2, 1]]), sheet.constant([[5, -5, 6], [0.5, 7, 8]], numpy.float32)],
            axis=0, reduction=reduction)
        sheet.add(
            "ScatterND", ["x", sheet.constant([[1], [1]]), sheet.constant([[5, -5, 6], [0.5, 7, 8]], numpy.float32)],
            reduction=reduction)
    for mode in ["constant", "reflect", "edge"]:
        sheet.add("Pad", ["x", sheet.constant([1, 2, 0, 1]), sheet.constant(9, numpy.float32)], mode=mode)
    sheet.add("Pad", ["x", sheet.constant([-1, 2]), "", sheet.constant([-1])])
    sheet.add("NonZero", ["x"])
    sheet.add("Compress", ["x", sheet.constant([True, False, True], bool)], axis=0)
    sheet.add("Compress", ["x", sheet.constant([False, True, False, True], bool)])
    for upper, diagonal in itertools.product([0, 1], [-1, 0, 2]):
        sheet.add("Trilu", ["x", sheet.constant(diagonal)], upper=upper)
    sheet.add("EyeLike", ["x"], k=1)
    sheet.add("EyeLike", ["x"], dtype=TensorProto.INT64)
    return sheet.finish()


def ranges():
    sheet = Sheet(opset=18, i=wholes([0, 2, -1], [5, -4, 1]), f=floats([0, 2.7, -1], [1, 3, 9]))
    for values in ([0, 5], [3, 100]):
        sheet.add("OneHot", ["i", sheet.constant(3), sheet.constant(values, numpy.float32)])
    sheet.add("OneHot", ["f", sheet.constant([4]), sheet.constant([0, 1])], axis=1)
    for start, limit, step in ([1, 10, 3], [10, 1, -4], [1, 1, 1]):
        name = sheet.add("Range", [sheet.constant(start), sheet.constant(limit), sheet.constant(step)], output="hidden")
        sheet.add("ReduceSum", [name], keepdims=0, output="hidden")
        sheet.add("Add", ["i", sheet.nodes[-1].output[0]])
    return sheet.finish()


def order():
    x = floats([3, 1, 2, 3], [0, 0, -1, 5], [-2, -2, -2, -2])
    sheet = Sheet(opset=18, x=x, i=wholes([3, 1, 2], [5, 5, 4], [0, -1, -1]))
    for largest, count in itertools.product([0, 1], [1, 3]):
        sheet.add("TopK", ["x", sheet.constant([count])], 2, largest=largest)
        sheet.add("TopK", ["i", sheet.constant([count])], 2, largest=largest)
    for exclusive, reverse in itertools.product([0, 1], [0, 1]):
        sheet.add("CumSum", ["x", sheet.constant(1)], exclusive=exclusive, reverse=reverse)
        sheet.add("CumSum", ["i", sheet.constant(-1)], exclusive=exclusive, reverse=reverse)
    sheet.add("Hardmax", ["x"])
    return sheet.finish()


def normalizations():
    x = floats([3, 1, 2, 3], [0, 0, -1, 5], [-2, 7, 0.5, 1e-3])
    sheet = Sheet(opset=18, x=x)
    weights = sheet.constant([1, 2, 0.5, -1], numpy.float32)
    shift = sheet.constant([0, 1, -1, 3], numpy.float32)
    spread = sheet.constant([1, 4, 0.25, 9], numpy.float32)
    sheet.add("LayerNormalization", ["x", weights, shift])
    sheet.add("LayerNormalization", ["x", weights], epsilon=0.1)
    sheet.add("BatchNormalization", ["x", weights, shift, shift, spread])
    sheet.add("BatchNormalization", ["x", weights, shift, weights, spread], epsilon=0.01)
    sheet.add("Dropout", ["x"], 2)
    for order in [1, 2]:
        sheet.add("LpNormalization", ["x"], p=order)
    image = sheet.add("Unsqueeze", ["x", sheet.constant([1, 2])], output="hidden")
    sheet.add("InstanceNormalization", [image, sheet.constant([2], numpy.float32), sheet.constant([1], numpy.float32)])
    return sheet.finish()


def mean_variance():
    sheet = Sheet(opset=18, by_row=False, x=floats([3, 1, 2, 3], [0, 0, -1, 5], [-2, 7, 0.5, 1e-3]))
    sheet.add("MeanVarianceNormalization", ["x"], axes=[0])
    sheet.add("MeanVarianceNormalization", ["x"], axes=[0, 1])
    return sheet.finish()


def einstein_sums():
    sheet = Sheet(opset=18, by_row=False, x=floats([3, 1, 2], [0, 4, -1]), y=doubles([1, 2], [3, 4]))
    constant = sheet.constant([[1, 0, 2], [5, -1, 3]], numpy.float32)
    for equation in ["ij,ij->i", "ij,kj->ik", "ij,kj", "...j,...j->...", "ij,ij->"]:
        sheet.add("Einsum", ["x", constant], equation=equation)
    for equation in ["ii->i", "ij->ji", "ij->j", "ii"]:
        sheet.add("Einsum", ["y"], equation=equation)
    return sheet.finish()


def support_vectors():
    x = floats([0.5, -1, 2], [0, 0, 0], [3, 1, -2], [-1, -1, -1])
    sheet = Sheet(x=x)
    generator = numpy.random.default_rng(5)

    def numbers(count):
        return [float(value) for value in numpy.round(generator.normal(size=count), 3)]

    for kernel in ["LINEAR", "POLY", "RBF", "SIGMOID"]:
        shared = dict(kernel_type=kernel, kernel_params=[0.3, 0.7, 2.0])
        for one_class in [0, 1]:
            sheet.learn(
                "SVMRegressor", ["x"], support_vectors=numbers(12), n_supports=4, coefficients=numbers(4), rho=numbers(1),
                one_class=one_class, **shared)
        for counts, labels in [([2, 3], ["no", "yes"]), ([2, 1, 3], ["a", "b", "c"])]:
            total, pairs = sum(counts), len(counts) * (len(counts) - 1) // 2
            model = dict(
                support_vectors=numbers(3 * total), vectors_per_class=counts, rho=numbers(pairs),
                coefficients=numbers(total * (len(counts) - 1)), **shared)
            for transform in ["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"]:
                sheet.learn("SVMClassifier", ["x"], 2, classlabels_strings=labels, post_transform=transform, **model)
            sheet.learn(
                "SVMClassifier", ["x"], 2, classlabels_ints=list(range(5, 5 + len(counts))), prob_a=numbers(pairs),
                prob_b=numbers(pairs), **model)
    sheet.learn("SVMRegressor", ["x"], coefficients=[0.5, -1, 2.0], rho=[0.25], kernel_type="LINEAR", kernel_params=[0.0, 0.0, 0.0])
    return sheet.finish()


def linear_support_vectors():
    """Without vectors each class has coefficients of its own."""
    x = floats([0.5, -1, 2], [0, 0, 0], [3, 1, -2], [-1, -1, -1])
    sheet = Sheet(x=x)
    for classes, sign in itertools.product([2, 3], [1, -1]):
        weights = [sign * 0.25 * (index % 4 + 1) if sign > 0 else (-0.5) ** index for index in range(3 * classes)]
        for transform, intercepts in itertools.product(["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"], [1, classes]):
            sheet.learn(
                "SVMClassifier", ["x"], 2, classlabels_ints=list(range(classes)), coefficients=weights, kernel_type="LINEAR",
                kernel_params=[0.0, 0.0, 0.0], rho=[0.1, -0.2, 0.3][:intercepts], post_transform=transform)
    return sheet.finish()


def numbers_at_the_edges():
    """NaN, infinities, and numbers that overflow, where ONNX Runtime answers the same at every place of a batch."""
    huge = numpy.finfo(numpy.float32).max
    sheet = Sheet(opset=20, x=floats(
        [NAN, 1, 2], [0, NAN, -1], [INFINITY, 0, 1], [-INFINITY, 0.5, 0], [huge, 0, 0], [0, -huge, 0], [1e20, 0, 1]))
    one, zero = sheet.constant(1, numpy.float32), sheet.constant(-0.0, numpy.float32)
    for operator in "HardSigmoid HardSwish Mish Softsign Selu Celu ThresholdedRelu Shrink Gelu Relu Elu Sign".split():
        sheet.add(operator, ["x"])
    for operator in "Sign Selu Celu ThresholdedRelu Shrink Relu Elu LeakyRelu Tanh Softsign Gelu Mish Round".split():
        negative_zero = sheet.add(operator, [sheet.add("Mul", ["x", zero], output="hidden")], output="hidden")
        sheet.add("Div", [one, negative_zero])
    for operator in ["Max", "Min"]:
        sheet.add(operator, ["x", sheet.constant(0.5, numpy.float32)])
    vectors = [-1, -0.5, -1.125, -1.5, 0.25, -1.25, 1.25, 0.75, -2, 0.25, -1, 0.5, 0.125, -2, -0.25]
    kinds, calibrations = ["LINEAR", "POLY", "RBF", "SIGMOID"], [{}, dict(prob_a=[-0.75], prob_b=[1.5])]
    for kernel, probabilities in itertools.product(kinds, calibrations):
        shared = dict(kernel_type=kernel, kernel_params=[0.25, 0.75, 2.0], support_vectors=vectors, rho=[-0.25])
        weights = [1, -1.25, 0.75, -1, -0.25]
        sheet.learn(
            "SVMClassifier", ["x"], 2, classlabels_ints=[0, 1], vectors_per_class=[2, 3], coefficients=weights, **shared,
            **probabilities)
    return sheet.finish()


def distances():
    sheet = Sheet(x=floats([3, 1, 2], [0, 4, -1], [0, 0, 0]), d=doubles([3, 1, 2], [0, 4, -1], [0, 0, 0]))
    for metric in ["euclidean", "sqeuclidean"]:
        for name, kind in [("x", numpy.float32), ("d", numpy.float64)]:
            known = sheet.constant([[1, 0, 2], [5, -1, 3]], kind)
            sheet.add("CDist", [name, known], domain="com.microsoft", metric=metric)
    return sheet.finish()


def words():
    sheet = Sheet(opset=18, by_row=False, t=texts("Red", "green", "THE", "red", "the", "Anger"))
    for action, sensitive in itertools.product(["LOWER", "UPPER", "NONE"], [0, 1]):
        sheet.add(
            "StringNormalizer", ["t"], case_change_action=action, is_case_sensitive=sensitive, stopwords=["the", "Red"], locale="C")
    return sheet.finish()


def words_of_locales():
    words = ["\u00e9t\u00e9", "\u00c9T\u00c9", "stra\u00dfe", "\u0130x", "\u0131", "\ufb01", "\u00ff", "Plain"]
    sheet = Sheet(opset=18, by_row=False, t=texts(*words))
    for locale, action in itertools.product(["C", "POSIX", "C.UTF-8"], ["LOWER", "UPPER"]):
        sheet.add(
            "StringNormalizer", ["t"], case_change_action=action, is_case_sensitive=0, stopwords=["\u00c9t\u00e9"],
            locale=locale)
    return sheet.finish()


def sequences():
    sheet = Sheet(opset=18, x=wholes([1, 2, 1, 3, 2, 1], [5, 1, 2, 2, 3, 1]), t=texts(["a", "b", "a"], ["c", "a", "b"]))
    for mode, skips, shortest in itertools.product(["TF", "IDF", "TFIDF"], [0, 2], [1, 2]):
        shared = dict(mode=mode, max_skip_count=skips, min_gram_length=shortest, max_gram_length=2)
        weights = {} if mode == "TF" else dict(weights=[0.5, 1.5, 2.5, 3.5, 4.5])
        sheet.add(
            "TfIdfVectorizer", ["x"], ngram_counts=[0, 3], ngram_indexes=[0, 1, 2, 3, 4],
            pool_int64s=[1, 2, 3, 1, 2, 2, 1], **shared, **weights)
        sheet.add(
            "TfIdfVectorizer", ["t"], ngram_counts=[0, 3], ngram_indexes=[3, 1, 0, 2, 4],
            pool_strings=["a", "b", "c", "a", "b", "b", "a"], **shared, **weights)
    sentences = sheet.add("Concat", ["t", "t"], axis=1, output="hidden")
    for pattern in ["[a-b]+", "[a-zA-Z0-9_]+", "."]:
        sheet.add("Tokenizer", [sentences], domain="com.microsoft", mark=0, mincharnum=1, pad_value="#", tokenexp=pattern)
    return sheet.finish()


def graph_of(nodes, inputs, outputs, constants=()):
    kinds = dict(float=TensorProto.FLOAT, int=TensorProto.INT64, bool=TensorProto.BOOL)

    def values(described):
        return [helper.make_tensor_value_info(name, kinds[kind], shape) for name, kind, shape in described]

    return helper.make_graph(nodes, "body", values(inputs), values(outputs), list(constants))


def control():
    """Graphs inside nodes, which read values of the graph around them."""
    sheet = Sheet(opset=18, by_row=False, x=floats([3, 1], [0, 4], [-1, 2]), y=floats([1, 2], [0.5, 1]))
    total = graph_of(
        [
            helper.make_node("Add", ["total_in", "slice"], ["total"]),
            helper.make_node("Sub", ["slice", "y"], ["apart"]),
            helper.make_node("ReduceSumSquare", ["apart", "axis"], ["distance"], keepdims=0),
        ],
        [("total_in", "float", [2]), ("slice", "float", [2])], [("total", "float", [2]), ("distance", "float", [2])],
        [numpy_helper.from_array(numpy.array([1]), "axis")])
    start = sheet.constant([0, 0], numpy.float32)
    sheet.add("Scan", [start, "x"], 2, body=total, num_scan_inputs=1)
    sheet.add("Scan", [start, "x"], 2, body=total, num_scan_inputs=1, scan_input_directions=[1], scan_output_directions=[1],
              scan_output_axes=[1])
    branches = {
        f"{name}_branch": graph_of([helper.make_node(operator, ["x", "half"], [f"{name}_result"])], [], [(f"{name}_result", "float", None)],
                                   [numpy_helper.from_array(numpy.array(0.5, numpy.float32), "half")])
        for name, operator in [("then", "Mul"), ("else", "Add")]}
    for limit in [0, 100]:
        sum_ = sheet.add("ReduceSum", ["x"], keepdims=0, output="hidden")
        large = sheet.add("Greater", [sum_, sheet.constant(limit, numpy.float32)], output="hidden")
        sheet.add("If", [large], **branches)
    halving = graph_of(
        [
            helper.make_node("Mul", ["state_in", "half"], ["state"]),
            helper.make_node("ReduceMax", ["state"], ["largest"], keepdims=0),
            helper.make_node("Greater", ["largest", "half"], ["goes_on"]),
        ],
        [("round", "int", []), ("goes_on_in", "bool", []), ("state_in", "float", None)],
        [("goes_on", "bool", []), ("state", "float", None), ("largest", "float", [])],
        [numpy_helper.from_array(numpy.array(0.5, numpy.float32), "half")])
    for rounds in [2, 50]:
        sheet.add("Loop", [sheet.constant(rounds), "", "x"], 2, body=halving)
    return sheet.finish()


def networks():
    """A small network as exporters write them: embedded categories, attention over features, norms, and a residual."""
    generator = numpy.random.default_rng(11)
    sheet = Sheet(opset=20, x=floats([0.5, -1, 2], [0, 0.25, -3]), kinds=wholes([0, 2], [1, 1]))

    def weights(*shape):
        return sheet.constant(numpy.round(generator.normal(size=shape), 3), numpy.float32)

    def hidden(operator, *inputs, **attributes):
        return sheet.add(operator, list(inputs), output="hidden", **attributes)

    embedded = hidden("Gather", weights(3, 4), "kinds")
    numbers = hidden("Mul", hidden("Unsqueeze", "x", sheet.constant([2])), weights(3, 4))
    tokens = hidden("Concat", numbers, embedded, axis=1)
    tokens = hidden("LayerNormalization", tokens, weights(4), weights(4))
    query, key, value = (hidden("MatMul", tokens, weights(4, 4)) for _ in range(3))
    scores = hidden("MatMul", query, hidden("Transpose", key, perm=[0, 2, 1]))
    shares = hidden("Softmax", hidden("Div", scores, sheet.constant(2, numpy.float32)), axis=-1)
    attended = hidden("Add", tokens, hidden("MatMul", shares, value))
    flat = hidden("Reshape", attended, sheet.constant([0, -1]))
    layer = hidden("Gemm", flat, weights(6, 20), weights(6), transB=1)
    layer = hidden("BatchNormalization", layer, weights(6), weights(6), weights(6), sheet.constant([1, 2, 0.5, 1, 3, 1], numpy.float32))
    layer = hidden("Gelu", layer)
    layer = hidden("Add", layer, hidden("Selu", hidden("Gemm", layer, weights(6, 6), weights(6), transB=1)))
    sheet.add("Softmax", [hidden("Gemm", layer, weights(3, 6), weights(3), transB=1)])
    return sheet.finish()


def cases():
    """All cases as name and maker."""
    for make in [
        formulas, formulas_above_one, bits, narrow_types, places, ranges, order, normalizations, mean_variance,
        einstein_sums, support_vectors, linear_support_vectors, distances, words, sequences, control,
        networks, numbers_at_the_edges, words_of_locales,
    ]:
        yield "operators-" + make.__name__.replace("_", "-"), make
