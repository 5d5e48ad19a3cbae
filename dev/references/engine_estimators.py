"""Fitted scikit-learn and LightGBM models as ONNX, with rows that reach their odd corners."""

import lightgbm
import numpy
import onnx
import onnxmltools
from onnxmltools.convert.common.data_types import FloatTensorType as ToolsFloatTensorType
from sklearn import compose, datasets, ensemble, impute, linear_model, naive_bayes, neural_network, pipeline
from sklearn import decomposition, feature_selection, calibration, preprocessing, svm, tree
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, Int64TensorType, StringTensorType

OPSETS = {"": 18, "ai.onnx.ml": 3}
ROWS = 8


def numeric(classes, seed=0, features=4, rows=160):
    """Features in single precision and a class per row."""
    x, y = datasets.make_classification(
        n_samples=rows,
        n_features=features,
        n_informative=features - 1,
        n_redundant=0,
        n_classes=classes,
        n_clusters_per_class=1,
        random_state=seed,
    )
    return x.astype(numpy.float32), y


def target(x):
    """A curved function of the features, for regressions."""
    return (3 * x[:, 0] - x[:, 1] * x[:, 2] + numpy.abs(x[:, 3])).astype(numpy.float64)


def edges(x, model=None):
    """Rows to predict: some of the training rows, zeros, huge values, and values exactly at split thresholds."""
    rows = [x[:ROWS], numpy.zeros((1, x.shape[1])), numpy.full((1, x.shape[1]), 1e6), numpy.full((1, x.shape[1]), -1e6)]
    for estimator in trees_of(model):
        kept = estimator.tree_
        inner = kept.children_left >= 0
        for feature, threshold in list(zip(kept.feature[inner], kept.threshold[inner]))[:6]:
            for value in (numpy.float32(threshold), numpy.nextafter(numpy.float32(threshold), numpy.float32(1e9))):
                row = x[:1].copy()
                row[0, feature] = value
                rows.append(row)
    return numpy.concatenate(rows).astype(x.dtype)[:40]


def trees_of(model):
    """The first trees of an ensemble, or a tree itself."""
    if model is None:
        return []
    if hasattr(model, "tree_"):
        return [model]
    found = getattr(model, "estimators_", None)
    if found is None:
        return []
    return [one for one in numpy.asarray(found, dtype=object).reshape(-1)[:2] if hasattr(one, "tree_")]


def with_float_scores(model):
    """The model with tree scores declared in single precision, as the operator writes them whatever it reads."""
    written = {name for node in model.graph.node if node.op_type.startswith("TreeEnsemble") for name in node.output}
    for output in model.graph.output:
        kind = output.type.tensor_type
        if output.name in written and kind.elem_type == onnx.TensorProto.DOUBLE:
            kind.elem_type = onnx.TensorProto.FLOAT
    return model


def single(model, classes=2, kind=FloatTensorType, zipmap=False, labels=None, transform=None, **kept):
    """A case of one estimator fed with one matrix."""

    def make():
        x, y = numeric(max(classes, 2), **kept)
        if transform is not None:
            x = transform(x)
        y = target(x) if classes == 0 else (y if labels is None else numpy.array(labels)[y])
        model.fit(x, y)
        rows = edges(x, model)
        rows = rows.astype(
            {FloatTensorType: numpy.float32, DoubleTensorType: numpy.float64, Int64TensorType: numpy.int64}[kind]
        )
        options = {id(model): {"zipmap": zipmap}} if classes and zipmap is not None else None
        onnx_model = convert_sklearn(
            model, initial_types=[("X", kind([None, x.shape[1]]))], options=options, target_opset=OPSETS
        )
        return with_float_scores(onnx_model), {"X": rows}

    return make


def transformer(model, holes=False, kind=FloatTensorType, prepare=None):
    """A case of one transformer fed with one matrix."""

    def make():
        x, _ = numeric(2)
        if prepare is not None:
            x = prepare(x)
        if holes:
            x[3, 0] = x[5, 2] = numpy.nan
        model.fit(x)
        rows = x[:ROWS] if kind is Int64TensorType else numpy.concatenate([x[:ROWS], x[:1] * 0])
        rows = rows.astype(
            {FloatTensorType: numpy.float32, DoubleTensorType: numpy.float64, Int64TensorType: numpy.int64}[kind]
        )
        return convert_sklearn(model, initial_types=[("X", kind([None, x.shape[1]]))], target_opset=OPSETS), {"X": rows}

    return make


def texts(model, unknown=True):
    """A case of one transformer fed with a matrix of texts."""

    def make():
        kinds = numpy.array([["red", "S"], ["green", "M"], ["blue", "L"], ["", "M"], ["grün", "S"]] * 3, dtype=object)
        model.fit(kinds)
        rows = kinds[:5]
        if unknown:
            rows = numpy.concatenate([rows, numpy.array([["purple", "M"], ["red", "XXL"], ["RED", ""]], dtype=object)])
        return convert_sklearn(model, initial_types=[("X", StringTensorType([None, 2]))], target_opset=OPSETS), {
            "X": rows
        }

    return make


def columns(classifier, zipmap=True, mixed=True, double=False):
    """A pipeline over one input per column: numbers with holes, whole numbers, and texts with unknown categories."""

    def make():
        import pandas

        generator = numpy.random.default_rng(3)
        count = 120
        frame = pandas.DataFrame(
            {
                "age": generator.normal(40, 12, count),
                "income": generator.lognormal(3, 1, count),
                "contract": generator.choice(["month", "year", "two years"], count),
                "region": generator.choice(["north", "south"], count),
            }
        )
        y = (frame.age + 20 * (frame.contract == "month") + generator.normal(0, 5, count) > 48).map(
            {True: "Yes", False: "No"}
        )
        steps = [("scale", preprocessing.StandardScaler())]
        if not double:
            frame.loc[[2, 9], "age"] = numpy.nan
            steps.insert(0, ("fill", impute.SimpleImputer(strategy="median")))
        numbers = pipeline.Pipeline(steps)
        parts = [("numbers", numbers, ["age", "income"])]
        if mixed:
            parts.append(("kinds", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["contract", "region"]))
        model = pipeline.Pipeline([("columns", compose.ColumnTransformer(parts)), ("classifier", classifier)])
        used = frame if mixed else frame[["age", "income"]]
        model.fit(used, y)
        kind, number = (DoubleTensorType, numpy.float64) if double else (FloatTensorType, numpy.float32)
        types = [
            (
                name,
                (
                    StringTensorType([None, 1])
                    if used[name].dtype.kind in "OT" or str(used[name].dtype) == "str"
                    else kind([None, 1])
                ),
            )
            for name in used
        ]
        rows = used.head(10).copy()
        if mixed:
            rows.loc[4, "contract"] = "decade"
            rows.loc[5, "region"] = ""
        inputs = {
            name: rows[[name]]
            .to_numpy()
            .astype(number if isinstance(t, (FloatTensorType, DoubleTensorType)) else object)
            for name, t in types
        }
        return (
            convert_sklearn(model, initial_types=types, options={id(model): {"zipmap": zipmap}}, target_opset=OPSETS),
            inputs,
        )

    return make


def boosted(model, classes):
    """A LightGBM model with missing values and a categorical column."""

    def make():
        x, y = numeric(max(classes, 2), rows=300)
        x[:, 3] = numpy.abs(numpy.round(x[:, 3] * 2))
        x[::17, 0] = numpy.nan
        filled = numpy.nan_to_num(x)
        model.fit(x, target(filled) if classes == 0 else y, categorical_feature=[3])
        rows = numpy.concatenate([x[:20], numpy.full((1, 4), numpy.nan), numpy.zeros((1, 4)), x[:1] + 100]).astype(
            numpy.float32
        )
        found = onnxmltools.convert_lightgbm(
            model, initial_types=[("X", ToolsFloatTensorType([None, 4]))], target_opset=15, zipmap=classes == 2
        )
        return found, {"X": rows}

    return make


def whole_attributes():
    """Makes skl2onnx write truth values of histogram trees as the integers that ONNX asks for."""
    from skl2onnx.common._container import ModelComponentContainer

    kept = ModelComponentContainer.add_node

    def add_node(self, *arguments, **attributes):
        for name, value in attributes.items():
            if (
                name.startswith("nodes_")
                and isinstance(value, list)
                and any(isinstance(x, (bool, numpy.bool_)) for x in value)
            ):
                attributes[name] = [int(x) for x in value]
        return kept(self, *arguments, **attributes)

    if kept.__module__ != __name__:
        ModelComponentContainer.add_node = add_node


def with_nan(model, classes):
    """A histogram gradient boosting, which learns where missing values go."""

    def make():
        whole_attributes()
        x, y = numeric(max(classes, 2), rows=200)
        x[::7, 1] = numpy.nan
        model.fit(x, target(numpy.nan_to_num(x)) if classes == 0 else y)
        rows = numpy.concatenate([x[:16], numpy.full((1, 4), numpy.nan)]).astype(numpy.float32)
        options = {id(model): {"zipmap": False}} if classes else None
        return convert_sklearn(
            model, initial_types=[("X", FloatTensorType([None, 4]))], options=options, target_opset=OPSETS
        ), {"X": rows}

    return make


def whole(x):
    """Small whole numbers in single precision."""
    return numpy.round(x * 2).astype(numpy.float32)


def cases():
    """All cases as name and maker."""
    seed = {"random_state": 0}
    double = DoubleTensorType
    yield "logistic-binary-zipmap", single(linear_model.LogisticRegression(), zipmap=True)
    yield "logistic-binary-labels", single(linear_model.LogisticRegression(), labels=["No", "Yes"], zipmap=True)
    yield "logistic-multiclass", single(linear_model.LogisticRegression(), classes=3)
    yield "logistic-multiclass-double", single(linear_model.LogisticRegression(), classes=3, kind=double)
    yield "logistic-columns-zipmap", single(linear_model.LogisticRegression(), classes=3, zipmap="columns")
    yield "linear-regression", single(linear_model.LinearRegression(), classes=0)
    yield "linear-regression-double", single(linear_model.LinearRegression(), classes=0, kind=double)
    yield "ridge", single(linear_model.Ridge(), classes=0)
    yield "lasso", single(linear_model.Lasso(alpha=0.1), classes=0)
    yield "poisson-regressor", single(
        linear_model.PoissonRegressor(),
        classes=0,
        transform=lambda x: numpy.abs(x) * numpy.array([1, 0, 0, 1], numpy.float32) + numpy.float32(0.1),
    )
    yield "sgd-binary", single(linear_model.SGDClassifier(loss="log_loss", **seed))
    yield "sgd-multiclass", single(linear_model.SGDClassifier(loss="modified_huber", **seed), classes=3)
    yield "linear-svc", single(svm.LinearSVC(**seed), classes=3, zipmap=None)
    yield "linear-svc-binary", single(svm.LinearSVC(**seed), zipmap=None)
    yield "tree-classifier", single(tree.DecisionTreeClassifier(max_depth=4, **seed), classes=3)
    yield "tree-classifier-labels", single(
        tree.DecisionTreeClassifier(max_depth=3, **seed), labels=["No", "Yes"], zipmap=True
    )
    yield "tree-classifier-double", single(tree.DecisionTreeClassifier(max_depth=4, **seed), kind=double)
    yield "tree-classifier-integers", single(
        tree.DecisionTreeClassifier(max_depth=4, **seed), kind=Int64TensorType, transform=whole
    )
    yield "tree-regressor", single(tree.DecisionTreeRegressor(max_depth=4, **seed), classes=0)
    yield "tree-regressor-double", single(tree.DecisionTreeRegressor(max_depth=4, **seed), classes=0, kind=double)
    yield "forest-binary", single(ensemble.RandomForestClassifier(10, max_depth=4, **seed), zipmap=True)
    yield "forest-multiclass", single(ensemble.RandomForestClassifier(10, max_depth=4, **seed), classes=3)
    yield "forest-regressor", single(ensemble.RandomForestRegressor(10, max_depth=4, **seed), classes=0)
    yield "extra-trees", single(ensemble.ExtraTreesClassifier(8, max_depth=4, **seed), classes=3)
    yield "extra-trees-regressor", single(ensemble.ExtraTreesRegressor(8, max_depth=4, **seed), classes=0)
    yield "gradient-boosting-binary", single(ensemble.GradientBoostingClassifier(n_estimators=12, **seed), zipmap=True)
    yield "gradient-boosting-multiclass", single(ensemble.GradientBoostingClassifier(n_estimators=6, **seed), classes=3)
    yield "gradient-boosting-regressor", single(ensemble.GradientBoostingRegressor(n_estimators=12, **seed), classes=0)
    yield "gradient-boosting-regressor-double", single(
        ensemble.GradientBoostingRegressor(n_estimators=12, **seed), classes=0, kind=double
    )
    yield "hist-boosting-binary", with_nan(
        ensemble.HistGradientBoostingClassifier(max_iter=8, max_leaf_nodes=8, **seed), 2
    )
    yield "hist-boosting-multiclass", with_nan(
        ensemble.HistGradientBoostingClassifier(max_iter=5, max_leaf_nodes=8, **seed), 3
    )
    yield "hist-boosting-regressor", with_nan(
        ensemble.HistGradientBoostingRegressor(max_iter=8, max_leaf_nodes=8, **seed), 0
    )
    yield "ada-boost", single(ensemble.AdaBoostClassifier(n_estimators=4, **seed), classes=3)
    yield "gaussian-nb", single(naive_bayes.GaussianNB(), classes=3)
    yield "gaussian-nb-binary", single(naive_bayes.GaussianNB(), zipmap=True)
    yield "mlp-classifier", single(
        neural_network.MLPClassifier(hidden_layer_sizes=(6, 5), max_iter=80, **seed), classes=3
    )
    yield "mlp-classifier-binary", single(
        neural_network.MLPClassifier(hidden_layer_sizes=(5,), activation="tanh", max_iter=80, **seed)
    )
    yield "mlp-regressor", single(
        neural_network.MLPRegressor(hidden_layer_sizes=(6,), activation="logistic", max_iter=80, **seed), classes=0
    )
    yield "voting", single(
        ensemble.VotingClassifier(
            [("a", linear_model.LogisticRegression()), ("b", tree.DecisionTreeClassifier(max_depth=3, **seed))],
            voting="soft",
            flatten_transform=False,
        )
    )
    yield "calibrated", single(calibration.CalibratedClassifierCV(linear_model.LogisticRegression(), cv=2))
    yield "lightgbm-binary", boosted(
        lightgbm.LGBMClassifier(n_estimators=8, num_leaves=7, min_child_samples=5, verbose=-1), 2
    )
    yield "lightgbm-multiclass", boosted(
        lightgbm.LGBMClassifier(n_estimators=4, num_leaves=5, min_child_samples=5, verbose=-1), 3
    )
    yield "lightgbm-regressor", boosted(
        lightgbm.LGBMRegressor(n_estimators=8, num_leaves=7, min_child_samples=5, verbose=-1), 0
    )
    yield "standard-scaler", transformer(preprocessing.StandardScaler())
    yield "standard-scaler-double", transformer(preprocessing.StandardScaler(), kind=double)
    yield "min-max-scaler", transformer(preprocessing.MinMaxScaler(clip=True))
    yield "robust-scaler", transformer(preprocessing.RobustScaler())
    yield "max-abs-scaler", transformer(preprocessing.MaxAbsScaler())
    yield "simple-imputer", transformer(impute.SimpleImputer(), holes=True)
    yield "simple-imputer-indicator", transformer(impute.SimpleImputer(strategy="constant", fill_value=-7), holes=True)
    yield "binarizer", transformer(preprocessing.Binarizer(threshold=0.25))
    yield "normalizer-l1", transformer(preprocessing.Normalizer("l1"))
    yield "normalizer-l2", transformer(preprocessing.Normalizer("l2"))
    yield "normalizer-max", transformer(preprocessing.Normalizer("max"))
    yield "polynomial-features", transformer(preprocessing.PolynomialFeatures(2))
    yield "bins-one-hot", transformer(preprocessing.KBinsDiscretizer(4, encode="onehot-dense"))
    yield "bins-ordinal", transformer(preprocessing.KBinsDiscretizer(3, encode="ordinal"))
    yield "power-transformer", transformer(preprocessing.PowerTransformer())
    yield "variance-threshold", transformer(feature_selection.VarianceThreshold(0.9))
    yield "pca", transformer(decomposition.PCA(2))
    yield "log-function", transformer(
        pipeline.Pipeline(
            [
                ("fill", impute.SimpleImputer()),
                ("scale", preprocessing.StandardScaler(with_mean=False)),
                ("poly", preprocessing.PolynomialFeatures(2, interaction_only=True)),
            ]
        ),
        holes=True,
    )
    yield "one-hot-strings", texts(preprocessing.OneHotEncoder(handle_unknown="ignore", sparse_output=False))
    yield "one-hot-drop", texts(preprocessing.OneHotEncoder(drop="first", sparse_output=False), unknown=False)
    yield "ordinal-strings", texts(
        preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), unknown=True
    )
    yield "one-hot-integers", transformer(
        preprocessing.OneHotEncoder(handle_unknown="ignore"),
        kind=Int64TensorType,
        prepare=lambda x: whole(x).astype(numpy.int64),
    )
    yield "ordinal-integers", transformer(
        preprocessing.OrdinalEncoder(), kind=Int64TensorType, prepare=lambda x: whole(x).astype(numpy.int64)
    )
    yield "columns-logistic", columns(linear_model.LogisticRegression())
    yield "columns-logistic-plain", columns(linear_model.LogisticRegression(), zipmap=False)
    yield "columns-boosting", columns(ensemble.GradientBoostingClassifier(n_estimators=10, **seed), zipmap=False)
    yield "columns-numbers-double", columns(linear_model.LogisticRegression(), mixed=False, double=True, zipmap=False)
