#!/usr/bin/env python3
"""Converts every estimator that skl2onnx, and every booster that onnxmltools can convert, and writes each as a case.

The cases have the form of Tests/Fixtures/engines, but are far too many to commit: they go to the folder given, where
`SLIPWAY_SWEEP=FOLDER dev/test --filter EngineSweep` runs the native engine over them and prints what it declines.

Usage: engine_sweep.py FOLDER [NAME ...]
Needs: numpy onnx onnxruntime scikit-learn skl2onnx lightgbm xgboost onnxmltools
"""

import os
import sys
import warnings
from collections import Counter
from pathlib import Path

import numpy
from sklearn import cluster, datasets, linear_model, naive_bayes, svm, tree
from sklearn.utils import all_estimators
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, Int64TensorType, StringTensorType

import engine_fixtures

PINNED = {"": 18, "ai.onnx.ml": 3}
KINDS = {
    "float": (FloatTensorType, numpy.float32),
    "double": (DoubleTensorType, numpy.float64),
    "int": (Int64TensorType, numpy.int64),
}
LABELS = numpy.array(["high", "low", "middle"])

# Arguments without which an estimator cannot be made or would be too large; a list gives several settings.
SETTINGS = {
    "AdaBoostClassifier": [dict(n_estimators=3)],
    "AdaBoostRegressor": [dict(n_estimators=3)],
    "BaggingClassifier": [dict(n_estimators=3), dict(estimator=linear_model.LogisticRegression(), n_estimators=2),
                          dict(n_estimators=3, max_features=0.5)],
    "BaggingRegressor": [dict(n_estimators=3), dict(n_estimators=3, max_features=0.5)],
    "Binarizer": [dict(threshold=0.5)],
    "CalibratedClassifierCV": [dict(estimator=naive_bayes.GaussianNB(), cv=2),
                               dict(estimator=svm.LinearSVC(), cv=2, method="isotonic"),
                               dict(estimator=svm.LinearSVC(), cv=2)],
    "ClassifierChain": [dict(estimator=linear_model.LogisticRegression())],
    "ColumnTransformer": [dict(transformers=[("a", "passthrough", [0, 2])]),
                          dict(transformers=[("a", "passthrough", [1]), ("b", "drop", [0])], remainder="passthrough")],
    "CountVectorizer": [dict(), dict(ngram_range=(1, 2)), dict(analyzer="char", ngram_range=(2, 3)),
                        dict(binary=True, lowercase=False), dict(stop_words=["the"]), dict(analyzer="char_wb", ngram_range=(2, 2))],
    "DecisionTreeClassifier": [dict(max_depth=3), dict(max_depth=3, criterion="entropy")],
    "DictVectorizer": [],
    "ExtraTreesClassifier": [dict(n_estimators=3)],
    "ExtraTreesRegressor": [dict(n_estimators=3)],
    "FeatureHasher": [dict(n_features=8, input_type="string")],
    "FeatureUnion": [dict(transformer_list=[("a", cluster.KMeans(n_clusters=2, random_state=0))])],
    "FunctionTransformer": [dict()],
    "GaussianMixture": [dict(n_components=2), dict(n_components=2, covariance_type="diag"),
                        dict(n_components=2, covariance_type="tied"), dict(n_components=2, covariance_type="spherical")],
    "BayesianGaussianMixture": [dict(n_components=2)],
    "GradientBoostingClassifier": [dict(n_estimators=3), dict(n_estimators=3, init="zero"), dict(n_estimators=3, loss="exponential")],
    "GradientBoostingRegressor": [dict(n_estimators=3)],
    "GridSearchCV": [dict(estimator=linear_model.LogisticRegression(), param_grid={"C": [1.0]}, cv=2)],
    "RandomizedSearchCV": [],
    "HalvingGridSearchCV": [], "HalvingRandomSearchCV": [],
    "HistGradientBoostingClassifier": [dict(max_iter=3)],
    "HistGradientBoostingRegressor": [dict(max_iter=3), dict(max_iter=3, loss="poisson")],
    "IsolationForest": [dict(n_estimators=4), dict(n_estimators=3, max_features=0.5)],
    "IncrementalPCA": [dict(n_components=2)],
    "KBinsDiscretizer": [dict(n_bins=3, encode="ordinal"), dict(n_bins=3, encode="onehot-dense"), dict(n_bins=3, encode="onehot"),
                         dict(n_bins=3, strategy="uniform", encode="ordinal")],
    "KMeans": [dict(n_clusters=3, n_init=2)], "MiniBatchKMeans": [dict(n_clusters=3, n_init=2)],
    "KNeighborsClassifier": [dict(n_neighbors=3), dict(n_neighbors=3, weights="distance"), dict(n_neighbors=3, p=1),
                             dict(n_neighbors=3, p=3), dict(n_neighbors=3, metric="cosine")],
    "KNeighborsRegressor": [dict(n_neighbors=3), dict(n_neighbors=3, weights="distance")],
    "KNeighborsTransformer": [dict(n_neighbors=3)],
    "RadiusNeighborsClassifier": [dict(radius=3.0)], "RadiusNeighborsRegressor": [dict(radius=3.0)],
    "KNNImputer": [dict(n_neighbors=2)],
    "LocalOutlierFactor": [dict(n_neighbors=5, novelty=True)],
    "MLPClassifier": [dict(hidden_layer_sizes=(4,), max_iter=20, activation=a) for a in ("relu", "tanh", "logistic", "identity")],
    "MLPRegressor": [dict(hidden_layer_sizes=(4,), max_iter=20)],
    "MultiOutputClassifier": [dict(estimator=linear_model.LogisticRegression())],
    "MultiOutputRegressor": [dict(estimator=linear_model.Ridge())],
    "RegressorChain": [dict(estimator=linear_model.Ridge())],
    "NearestNeighbors": [dict(n_neighbors=3)],
    "NuSVC": [dict(), dict(probability=True)],
    "OneClassSVM": [dict(kernel=k) for k in ("rbf", "linear", "poly", "sigmoid")],
    "OneHotEncoder": [dict(handle_unknown="ignore", sparse_output=False), dict(drop="first", sparse_output=False),
                      dict(handle_unknown="infrequent_if_exist", min_frequency=4, sparse_output=False)],
    "OneVsOneClassifier": [dict(estimator=linear_model.LogisticRegression())],
    "OneVsRestClassifier": [dict(estimator=linear_model.LogisticRegression()), dict(estimator=svm.LinearSVC())],
    "OrdinalEncoder": [dict(), dict(handle_unknown="use_encoded_value", unknown_value=-1)],
    "OutputCodeClassifier": [dict(estimator=linear_model.LogisticRegression())],
    "PCA": [dict(n_components=2), dict(n_components=2, whiten=True)],
    "KernelPCA": [dict(n_components=2, kernel="rbf"), dict(n_components=2, kernel="linear"), dict(n_components=2, kernel="poly")],
    "TruncatedSVD": [dict(n_components=2)],
    "Pipeline": [dict(steps=[("logistic", linear_model.LogisticRegression())])],
    "PolynomialFeatures": [dict(), dict(interaction_only=True), dict(degree=3, include_bias=False)],
    "PowerTransformer": [dict(), dict(standardize=False)],
    "QuantileTransformer": [dict(n_quantiles=10), dict(n_quantiles=10, output_distribution="normal")],
    "RandomForestClassifier": [dict(n_estimators=3, max_depth=4)],
    "RandomForestRegressor": [dict(n_estimators=3, max_depth=4)],
    "RandomTreesEmbedding": [dict(n_estimators=3, max_depth=2, sparse_output=False)],
    "RFE": [dict(estimator=linear_model.LogisticRegression())], "RFECV": [dict(estimator=linear_model.LogisticRegression(), cv=2)],
    "SelectFromModel": [dict(estimator=linear_model.LogisticRegression())],
    "SelectKBest": [dict(k=2)], "SelectPercentile": [dict(percentile=50)],
    "SequentialFeatureSelector": [],
    "SGDClassifier": [dict(), dict(loss="log_loss"), dict(loss="modified_huber")],
    "SimpleImputer": [dict(), dict(strategy="constant", fill_value=7), dict(strategy="most_frequent"), dict(add_indicator=True)],
    "SplineTransformer": [dict(), dict(degree=2, n_knots=4, extrapolation="linear")],
    "StackingClassifier": [dict(estimators=[("a", linear_model.LogisticRegression()), ("b", naive_bayes.GaussianNB())], cv=2)],
    "StackingRegressor": [dict(estimators=[("a", linear_model.Ridge()), ("b", tree.DecisionTreeRegressor(max_depth=3))], cv=2)],
    "SVC": [dict(), dict(probability=True)] + [dict(kernel=k, probability=p) for k in ("linear", "poly", "sigmoid") for p in (False, True)]
    + [dict(decision_function_shape="ovo"), dict(break_ties=True)],
    "SVR": [dict(kernel=k) for k in ("rbf", "linear", "poly", "sigmoid")],
    "TargetEncoder": [dict(cv=2)],
    "TfidfTransformer": [dict(), dict(norm="l1", use_idf=False)],
    "TfidfVectorizer": [dict(), dict(ngram_range=(1, 2), sublinear_tf=True), dict(analyzer="char", ngram_range=(1, 2))],
    "HashingVectorizer": [dict(n_features=8)],
    "TransformedTargetRegressor": [],
    "TunedThresholdClassifierCV": [dict(estimator=linear_model.LogisticRegression(), cv=2)],
    "FixedThresholdClassifier": [dict(estimator=linear_model.LogisticRegression())],
    "VotingClassifier": [dict(estimators=[("a", linear_model.LogisticRegression()), ("b", naive_bayes.GaussianNB())], voting=v)
                         for v in ("hard", "soft")],
    "VotingRegressor": [dict(estimators=[("a", linear_model.Ridge()), ("b", tree.DecisionTreeRegressor(max_depth=3))])],
    "Normalizer": [dict(norm=n) for n in ("l1", "l2", "max")],
    "GaussianProcessRegressor": "gp", "GaussianProcessClassifier": "gp",
    "GammaRegressor": [dict()], "TweedieRegressor": [dict(power=1.5), dict(power=0)],
    "MultinomialNB": [dict()], "LogisticRegressionCV": [dict(cv=2)],
}
POSITIVE = {"MultinomialNB", "ComplementNB", "CategoricalNB", "TfidfTransformer", "GammaRegressor", "PoissonRegressor", "TweedieRegressor"}
TEXTS = {"CountVectorizer", "TfidfVectorizer", "HashingVectorizer"}
PAIRWISE = {"KNeighborsClassifier", "KNeighborsRegressor", "GaussianProcessRegressor", "GaussianProcessClassifier",
            "KNeighborsTransformer", "RadiusNeighborsRegressor"}
SENTENCES = ["the quick brown fox", "jumps over the lazy dog", "The dog, the fox!", "", "quick-brown 42 foxes", "fox fox FOX"] * 3
CATEGORIES = {"OneHotEncoder", "OrdinalEncoder", "TargetEncoder", "FeatureHasher"}
MULTI_OUTPUT = {"MultiOutputClassifier", "MultiOutputRegressor", "ClassifierChain", "RegressorChain", "MultiTaskLasso",
                "MultiTaskElasticNet", "MultiTaskLassoCV", "MultiTaskElasticNetCV", "PLSRegression", "PLSCanonical", "CCA"}
ALSO_MULTI_OUTPUT = {"RandomForestClassifier", "RandomForestRegressor", "DecisionTreeClassifier", "DecisionTreeRegressor", "Ridge",
                     "LinearRegression", "MLPRegressor", "KNeighborsClassifier", "KNeighborsRegressor", "ExtraTreesClassifier",
                     "ExtraTreesRegressor", "ExtraTreeClassifier", "GaussianProcessRegressor"}


def data(classes, seed=0):
    x, y = datasets.make_classification(
        n_samples=80, n_features=4, n_informative=3, n_redundant=0, n_classes=max(classes, 2), n_clusters_per_class=1, random_state=seed)
    return x.astype(numpy.float32), y


def settings(name):
    found = SETTINGS.get(name, [dict()])
    if found != "gp":
        return found
    from sklearn.gaussian_process import kernels

    if name == "GaussianProcessClassifier":
        return [dict(), dict(kernel=kernels.RBF(2.0), optimizer=None)]
    return [dict(optimizer=None), dict(kernel=kernels.ConstantKernel(2.0) * kernels.RBF(2.0) + kernels.WhiteKernel(0.1), optimizer=None),
            dict(kernel=kernels.DotProduct(), alpha=100.0, optimizer=None), dict(kernel=kernels.Matern(nu=1.5), optimizer=None),
            dict(kernel=kernels.RationalQuadratic(), optimizer=None), dict(kernel=kernels.ExpSineSquared(), optimizer=None)]


def variants(name, cls):
    """Every (suffix, fit, options, input kind) of one estimator."""
    from sklearn.base import ClassifierMixin, RegressorMixin, OutlierMixin

    for index, given in enumerate(settings(name)):
        tag = f"{name}-{index}" if len(settings(name)) > 1 else name
        if name in TEXTS or name in CATEGORIES:
            yield tag, given, "text", None, "string", {}, PINNED
            yield f"{tag}-latest", given, "text", None, "string", {}, None
            if name in {"OneHotEncoder", "OrdinalEncoder", "TargetEncoder"}:
                yield f"{tag}-int", given, "whole", None, "int", {}, PINNED
        elif issubclass(cls, ClassifierMixin) or name in {"GridSearchCV", "Pipeline"}:
            if name in MULTI_OUTPUT:
                yield f"{tag}-outputs", given, "numbers", "classes", "float", {"zipmap": False}, PINNED
                yield f"{tag}-outputs-latest", given, "numbers", "classes", "float", {"zipmap": False}, None
                continue
            for classes in (2, 3):
                yield f"{tag}-{classes}", given, "numbers", classes, "float", {"zipmap": False}, PINNED
                yield f"{tag}-{classes}-double", given, "numbers", classes, "double", {"zipmap": False}, PINNED
                yield f"{tag}-{classes}-int", given, "numbers", classes, "int", {"zipmap": False}, PINNED
                yield f"{tag}-{classes}-text", given, "numbers", -classes, "float", {}, None
                yield f"{tag}-{classes}-columns", given, "numbers", classes, "float", {"zipmap": "columns"}, PINNED
                yield f"{tag}-{classes}-raw", given, "numbers", classes, "float", {"zipmap": False, "raw_scores": True}, PINNED
                yield f"{tag}-{classes}-labels", given, "numbers", classes, "float", {"zipmap": False, "output_class_labels": True}, PINNED
                yield f"{tag}-{classes}-nocl", given, "numbers", -classes, "float", {"zipmap": False, "nocl": True}, PINNED
            if name in ALSO_MULTI_OUTPUT:
                yield f"{tag}-outputs", given, "numbers", "classes", "float", {"zipmap": False}, PINNED
                yield f"{tag}-outputs-zipmap", given, "numbers", "classes", "float", {}, PINNED
            if name in PAIRWISE:
                yield f"{tag}-cdist", given, "numbers", 3, "float", {"zipmap": False, "optim": "cdist"}, PINNED
            for option in ("decision_path", "decision_leaf"):
                yield f"{tag}-{option}", given, "numbers", 2, "float", {"zipmap": False, option: True}, PINNED
        elif issubclass(cls, RegressorMixin):
            if name not in MULTI_OUTPUT:
                for kind in ("float", "double", "int"):
                    yield f"{tag}-{kind}", given, "numbers", 0, kind, {}, PINNED
                yield f"{tag}-latest", given, "numbers", 0, "float", {}, None
                if name in PAIRWISE:
                    yield f"{tag}-cdist", given, "numbers", 0, "float", {"optim": "cdist"}, PINNED
                for option in ("decision_path", "decision_leaf", "return_std"):
                    yield f"{tag}-{option}", given, "numbers", 0, "float", {option: True}, PINNED
            if name in MULTI_OUTPUT | ALSO_MULTI_OUTPUT:
                yield f"{tag}-outputs", given, "numbers", "targets", "float", {}, PINNED
                yield f"{tag}-outputs-latest", given, "numbers", "targets", "float", {}, None
        else:
            for kind in ("float", "double", "int"):
                yield f"{tag}-{kind}", given, "numbers", 2, kind, {}, PINNED
            yield f"{tag}-latest", given, "numbers", 2, "float", {}, None
            if issubclass(cls, OutlierMixin) or "Mixture" in name:
                yield f"{tag}-samples", given, "numbers", 2, "float", {"score_samples": True}, PINNED


def convert(name, cls, given, source, target, kind, options, opset):
    model = cls(**given)
    if "random_state" in model.get_params(deep=False):
        model.set_params(random_state=0)
    if source == "text":
        if name in TEXTS:
            rows = numpy.array(SENTENCES, dtype=object)
            model.fit(rows)
            rows = numpy.array([["a fox"], ["The quick, brown dog"], [""], ["zebra"], ["fox fox over"]], dtype=object)
            words = {cls: {"tokenexp": "[a-zA-Z0-9_]+" if given.get("analyzer", "word") == "word" else ".", "locale": "C"}}
            return convert_sklearn(
                model, initial_types=[("X", StringTensorType([None, 1]))], options=words, target_opset=opset), {"X": rows}
        rows = numpy.array([["red", "S"], ["green", "M"], ["blue", "L"], ["red", "M"]] * 5, dtype=object)
        model.fit(rows, numpy.arange(len(rows)) % 2)
        rows = numpy.concatenate([rows[:4], numpy.array([["blue", "S"]], dtype=object)])
        return convert_sklearn(model, initial_types=[("X", StringTensorType([None, 2]))], target_opset=opset), {"X": rows}
    classes = abs(target) if isinstance(target, int) else 2
    x, y = data(classes)
    if name in POSITIVE:
        x = numpy.abs(x)
    if source == "whole" or kind == "int" or name == "CategoricalNB":
        x = numpy.round(numpy.abs(x) if source == "whole" or name == "CategoricalNB" else x * 2).astype(numpy.int64)
    curve = (3 * x[:, 0] - x[:, 1] * x[:, 2] + 10).astype(numpy.float64)
    if name in POSITIVE:
        curve = numpy.abs(curve) + 0.5
    if target == 0:
        y = curve
    elif target == "targets":
        y = numpy.stack([curve, x[:, 1] - x[:, 3]], axis=1)
    elif target == "classes":
        y = numpy.stack([y, (x[:, 1] > 0).astype(numpy.int64)], axis=1)
    elif target < 0:
        y = LABELS[y]
    holes = "Imputer" in name and kind != "int"
    if holes:
        x[3, 0] = x[5, 2] = numpy.nan
    declared, stored = KINDS[kind]
    try:
        model.fit(x.astype(stored), y)
    except TypeError:
        model.fit(x.astype(stored))
    chosen = {id(model): options} if options else None
    onnx_model = convert_sklearn(
        model, initial_types=[("X", declared([None, x.shape[1]]))], options=chosen, target_opset=opset)
    rows = numpy.concatenate([x[:8], x[:1] * 0, x[:1] * 10])
    return onnx_model, {"X": rows.astype(stored)}


def boosters():
    """LightGBM and XGBoost through onnxmltools."""
    import lightgbm
    import onnxmltools
    import xgboost
    from onnxmltools.convert.common.data_types import FloatTensorType as Floats

    def case(model, classes, converter, target_opset=15, **options):
        def make():
            x, y = data(max(classes, 2))
            wanted = 3 * x[:, 0] - x[:, 1] * x[:, 2] if classes == 0 else y
            if any(word in str(model.get_params()["objective"]) for word in ("poisson", "gamma", "tweedie")):
                wanted = numpy.abs(wanted) + 0.5
            model.fit(x, wanted)
            return converter(model, initial_types=[("X", Floats([None, 4]))], target_opset=target_opset, **options), {"X": x[:10]}
        return make

    light = dict(n_estimators=3, num_leaves=5, verbose=-1)
    for kind in ("gbdt", "rf", "dart"):
        more = dict(subsample=0.7, subsample_freq=1) if kind == "rf" else {}
        yield f"LightGBM-{kind}-2", case(lightgbm.LGBMClassifier(boosting_type=kind, **light, **more), 2, onnxmltools.convert_lightgbm)
        yield f"LightGBM-{kind}-3", case(lightgbm.LGBMClassifier(boosting_type=kind, **light, **more), 3, onnxmltools.convert_lightgbm)
        yield f"LightGBM-{kind}-0", case(lightgbm.LGBMRegressor(boosting_type=kind, **light, **more), 0, onnxmltools.convert_lightgbm)
    yield "LightGBM-zipmap-off", case(lightgbm.LGBMClassifier(**light), 3, onnxmltools.convert_lightgbm, zipmap=False)
    yield "LightGBM-split", case(lightgbm.LGBMRegressor(**light), 0, onnxmltools.convert_lightgbm, split=2)
    for objective in ("poisson", "gamma", "tweedie", "quantile", "huber", "mape", "l1"):
        yield f"LightGBM-{objective}", case(lightgbm.LGBMRegressor(objective=objective, **light), 0, onnxmltools.convert_lightgbm)
    for classes in (2, 3):
        yield f"XGBoost-{classes}", case(xgboost.XGBClassifier(n_estimators=3, max_depth=3), classes, onnxmltools.convert_xgboost)
        yield f"XGBoost-rf-{classes}", case(xgboost.XGBRFClassifier(n_estimators=3, max_depth=3), classes, onnxmltools.convert_xgboost)
        yield f"XGBoost-dart-{classes}", case(xgboost.XGBClassifier(n_estimators=3, max_depth=3, booster="dart"), classes, onnxmltools.convert_xgboost)
    for objective in ("reg:squarederror", "count:poisson", "reg:gamma", "reg:tweedie", "reg:logistic"):
        model = xgboost.XGBRegressor(n_estimators=3, max_depth=3, objective=objective)
        yield f"XGBoost-{objective.replace(':', '-')}", case(model, 0 if "logistic" not in objective else 2, onnxmltools.convert_xgboost)
    yield "XGBoost-linear", case(xgboost.XGBRegressor(n_estimators=3, booster="gblinear"), 0, onnxmltools.convert_xgboost)


# The cases that are committed: each converter that the others do not cover, once.
COMMITTED = [
    "AdaBoostRegressor-float", "BaggingClassifier-1-3-text", "BayesianGaussianMixture-samples", "CalibratedClassifierCV-1-3",
    "CountVectorizer-1", "FeatureHasher", "GaussianMixture-0-samples",
    "GaussianProcessRegressor-1-float", "GaussianProcessRegressor-2-cdist", "GenericUnivariateSelect-float", "IsolationForest-0-samples",
    "KMeans-float", "KNNImputer-float", "KNeighborsClassifier-0-3-text", "KNeighborsClassifier-1-3-cdist", "KNeighborsRegressor-1-float",
    "KernelPCA-0-float", "LinearDiscriminantAnalysis-3-text", "LocalOutlierFactor-float", "MultiOutputClassifier-outputs", "MultinomialNB-3", "NuSVC-1-3",
    "OneClassSVM-0-float", "OneVsOneClassifier-3", "OneVsRestClassifier-1-3", "PLSRegression-outputs", "QuadraticDiscriminantAnalysis-3",
    "QuantileTransformer-0-float", "RandomForestClassifier-outputs", "RandomTreesEmbedding-float", "SGDClassifier-2-3",
    "SGDOneClassSVM-float", "SVC-1-3-text", "SVC-4-2", "SVR-2-float", "StackingClassifier-3", "StackingRegressor-float",
    "TargetEncoder", "TfidfVectorizer-1", "TunedThresholdClassifierCV-2", "VotingRegressor-float",
]


def sweep():
    """Every case as name and maker."""
    for name, cls in all_estimators():
        for tag, *rest in variants(name, cls):
            yield tag, lambda name=name, cls=cls, rest=rest: convert(name, cls, *rest)
    yield from boosters()


def cases():
    """The committed cases as name and maker."""
    for tag, make in sweep():
        if tag in COMMITTED:
            yield "sweep-" + tag.lower(), make


def main():
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    warnings.filterwarnings("ignore")
    import logging

    logging.disable(logging.CRITICAL)
    engine_fixtures.FOLDER = Path(sys.argv[1])
    wanted = sys.argv[2:]
    outcomes, operators, failures = Counter(), Counter(), {}

    def attempt(tag, make):
        if wanted and not any(tag.startswith(one) for one in wanted):
            return
        try:
            model, inputs = make()
        except Exception as error:  # Whatever a converter cannot do is not the engine's affair.
            failures[tag] = f"{type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''}"
            outcomes["not converted"] += 1
            return
        try:
            found = engine_fixtures.write(tag, model, inputs)
        except Exception as error:
            outcomes["not run by ONNX Runtime"] += 1
            failures[tag] = "runtime: " + (str(error).splitlines()[0][:200] if str(error) else type(error).__name__)
            return
        outcomes["written"] += 1
        operators.update(found.keys())

    for tag, make in sweep():
        attempt(tag, make)
    for tag, reason in failures.items():
        print(f"{tag}: {reason}")
    print("operators, by the number of cases:", ", ".join(f"{name} {count}" for name, count in operators.most_common()))
    print(dict(outcomes))


if __name__ == "__main__":
    main()
