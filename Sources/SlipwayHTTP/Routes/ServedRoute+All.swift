import HTTPTypes
import SlipwayAccess
import SlipwayServing

extension ServedRoute {
    /// Every route of the server: the router has these and no others.
    static let all: [ServedRoute] =
        predictions + models + inference + repository + mlflow + tensorflow + operations + pages

    private static let predicting: OpenAPIRefusals = [.always, .body, .model, .prediction]

    private static let predictions: [ServedRoute] = [
        model(
            .post, "/models/{model}/predict", .onModel(.predict), counts: .rest, .predictions, "predict", "Predict",
            predicting.union([.query, .explanation]), describe: { $0.predict }, answer: { $0.predictions.predict }),
        model(
            .get, "/models/{model}/predict", .onModel(.predict), counts: .rest, .predictions, "look_up",
            "Predict, with features looked up by key",
            [.always, .query, .model, .prediction, .features, .explanation], describe: { $0.predictByKey },
            answer: { $0.predictions.predictByKey }),
        model(
            .get, "/models/{model}/predictions/{key}", .onModel(.predict), .predictions, "stored",
            "Give the newest stored prediction for a key", [.always, .model, .features],
            describe: { $0.storedPrediction }, answer: { $0.predictions.stored }),
        model(
            .post, "/models/{model}/feedback", .onModel(.feedBack), .predictions, "feed_back",
            "Feed back what came true", [.always, .body, .model, .feedback], describe: { $0.feedBack },
            answer: { $0.predictions.feedback }),
    ]

    private static let models: [ServedRoute] = [
        server(
            .get, "/models", .onAnyModel(.view), .models, "list_models", "List the models served",
            describe: { _ in OpenAPIServer.models }, answer: { $0.models.list }),
        model(
            .get, "/models/{model}", .onModel(.view), .models, "describe", "Describe the model",
            describe: { $0.description }, answer: { $0.models.describe }),
        model(
            .get, "/models/{model}/challenger", .onModel(.view), .models, "compare",
            "Compare the challenger with the champion", describe: { $0.challenger },
            answer: { $0.challengers.compare }),
    ]

    private static let inference: [ServedRoute] =
        [
            server(
                .get, "/v2", .onAnyModel(.view), .inference, "v2_server", "Describe the server",
                describe: { _ in OpenAPIServer.metadata }, answer: { $0.inference.server }),
            server(
                .get, "/v2/health/live", .open, .inference, "v2_live", "Say whether the server runs", [],
                isVital: true, describe: { _ in OpenAPIServer.live }, answer: { $0.inference.live }),
            server(
                .get, "/v2/health/ready", .open, .inference, "v2_ready", "Say whether the server answers",
                isVital: true, describe: { _ in OpenAPIServer.ready }, answer: { $0.inference.ready }),
            server(
                .get, "/v2/models", .onAnyModel(.view), .inference, "v2_models", "Name the models served",
                describe: { _ in OpenAPIServer.modelNames }, answer: { $0.repository.list }),
            server(
                .get, "/v2/models/stats", .onAnyModel(.view), .inference, "v2_stats",
                "Say what all models were asked", describe: { _ in OpenAPIModel.statistics },
                answer: { $0.repository.allStatistics }),
        ]
        + versioned(
            .get, "", .onModel(.view), "metadata", "Describe the tensors", describe: { $0.metadata },
            answer: { $0.inference.metadata })
        + versioned(
            .get, "/ready", .onModel(.predict), "model_ready", "Say whether the model answers",
            describe: { _ in OpenAPIModel.ready }, answer: { $0.inference.modelReady })
        + versioned(
            .get, "/stats", .onModel(.view), "model_stats", "Say what the model was asked",
            describe: { _ in OpenAPIModel.statistics }, answer: { $0.repository.statistics })
        + versioned(
            .post, "/infer", .onModel(.predict), counts: .inferenceHTTP, "infer", "Infer from tensors", predicting,
            describe: { $0.infer }, answer: { $0.inference.infer })

    private static let repository: [ServedRoute] = [
        server(
            .post, "/v2/repository/index", .onAnyModel(.view), .inference, "v2_index",
            "List the models that are deployed here", [.always, .body], describe: { _ in OpenAPIServer.index },
            answer: { $0.repository.index }),
        server(
            .post, "/v2/repository/models/{model}/load", .onModel(.operate), .inference, "v2_load",
            "Let a model answer again", [.always, .body, .model, .loading], describe: { _ in OpenAPIServer.load },
            answer: { $0.repository.load }),
        server(
            .post, "/v2/repository/models/{model}/unload", .onModel(.operate), .inference, "v2_unload",
            "Let a model answer no more", [.always, .body, .model], describe: { _ in OpenAPIServer.unload },
            answer: { $0.repository.unload }),
    ]

    private static let mlflow: [ServedRoute] = [
        server(
            .get, "/ping", .open, .mlflow, "ping", "Say whether the server answers", [.readiness],
            isVital: true, describe: { _ in OpenAPIServer.text("text/plain") }, answer: { $0.mlflow.ping }),
        server(
            .get, "/health", .open, .mlflow, "health", "Say whether the server answers", [.readiness],
            isVital: true, describe: { _ in OpenAPIServer.text("text/plain") }, answer: { $0.mlflow.ping }),
        server(
            .get, "/version", .onAnyModel(.predict), .mlflow, "version", "Give the version of the server",
            describe: { _ in OpenAPIServer.text("text/plain") }, answer: { $0.mlflow.version }),
        server(
            .post, "/invocations", .onAnyModel(.predict), counts: .mlflow, .mlflow, "invocations",
            "Predict with the only model, or the one named", predicting.union(.query), describe: OpenAPIModel.invoke,
            answer: { $0.mlflow.invokeOnlyModel }),
        model(
            .post, "/models/{model}/invocations", .onModel(.predict), counts: .mlflow, .mlflow, "invoke",
            "Predict for MLflow's clients", predicting, describe: { $0.invoke }, answer: { $0.mlflow.invoke }),
    ]

    private static let tensorflow: [ServedRoute] = [
        model(
            .get, "/v1/models/{model}", .onModel(.predict), .tensorflow, "v1_status", "Give the state of the model",
            describe: { _ in OpenAPIModel.statusTensorFlow }, answer: { $0.tensorflow.status }),
        model(
            .get, "/v1/models/{model}/versions/{version}", .onModel(.predict), .tensorflow, "v1_version_status",
            "Give the state of a version", describe: { _ in OpenAPIModel.statusTensorFlow },
            answer: { $0.tensorflow.status }),
        model(
            .get, "/v1/models/{model}/metadata", .onModel(.view), .tensorflow, "v1_metadata",
            "Name the fields and outputs", describe: { _ in OpenAPIModel.metadataTensorFlow },
            answer: { $0.tensorflow.metadata }),
        model(
            .post, "/v1/models/{model}", .onModel(.predict), counts: .tensorflow, .tensorflow, "v1_predict",
            "Predict by rows or columns", predicting, verb: TensorFlowRoutes.verb,
            describe: { $0.predictTensorFlow }, answer: { $0.tensorflow.predict }),
        model(
            .post, "/v1/models/{model}/versions/{version}", .onModel(.predict), counts: .tensorflow, .tensorflow,
            "v1_version_predict", "Predict with a version", predicting, verb: TensorFlowRoutes.verb,
            describe: { $0.predictTensorFlow }, answer: { $0.tensorflow.predict }),
    ]

    private static let operations: [ServedRoute] = [
        server(
            .get, "/health/live", .open, .operations, "live", "Say whether the server runs", [],
            isVital: true, describe: { _ in OpenAPIServer.live }, answer: { $0.operations.live }),
        server(
            .get, "/health/ready", .open, .operations, "ready", "Say whether the server answers",
            isVital: true, describe: { _ in OpenAPIServer.ready }, answer: { $0.operations.ready }),
        server(
            .get, "/metrics", .onServer(.view), .operations, "metrics", "Give figures to Prometheus",
            isVital: true, describe: { _ in OpenAPIServer.metrics }, answer: { $0.operations.metrics }),
        server(
            .get, "/openapi.json", .onAnyModel(.view), .operations, "openapi", "Describe the API",
            describe: { _ in OpenAPIServer.document }, answer: { $0.operations.document }),
    ]

    private static let pages: [ServedRoute] = [
        server(
            .get, "/docs", .open, .pages, "docs", "Show the API to people", describe: { _ in OpenAPIServer.page },
            answer: { $0.docs.home }),
        server(
            .get, "/docs/assets/{file}", .open, .pages, "docs_asset", "Give a file that the pages need",
            [.always, .file], describe: { _ in OpenAPIServer.asset }, answer: { $0.docs.asset }),
        model(
            .get, "/docs/models/{model}", .onModel(.view), .pages, "docs_model", "Show the model to people",
            describe: { _ in OpenAPIServer.page }, answer: { $0.docs.model }),
    ]
}

extension ServedRoute {
    /// A route that is described once.
    private static func server(
        _ method: HTTPRequest.Method, _ path: String, _ access: RouteAccess, counts face: Call.Face? = nil,
        _ tag: Tag, _ name: String, _ summary: String, _ refusals: OpenAPIRefusals = .always, isVital: Bool = false,
        describe: @escaping @Sendable ([OpenAPIModel]) -> OpenAPIOperation,
        answer: @escaping @Sendable (RouteHandlers) -> Handler
    ) -> ServedRoute {
        ServedRoute(
            method: method, path: path, terms: Terms(access: access, face: face, isVital: isVital), tag: tag,
            name: name,
            summary: summary, refusals: refusals, subject: .server(describe), verb: "", handler: answer)
    }

    /// A route that is described for each model.
    private static func model(
        _ method: HTTPRequest.Method, _ path: String, _ access: RouteAccess, counts face: Call.Face? = nil,
        _ tag: Tag, _ name: String, _ summary: String, _ refusals: OpenAPIRefusals = [.always, .model],
        verb: String = "", describe: @escaping @Sendable (OpenAPIModel) -> OpenAPIOperation?,
        answer: @escaping @Sendable (RouteHandlers) -> Handler
    ) -> ServedRoute {
        ServedRoute(
            method: method, path: path, terms: Terms(access: access, face: face, isVital: false), tag: tag, name: name,
            summary: summary, refusals: refusals, subject: .model(describe), verb: verb, handler: answer)
    }

    /// A route of the inference protocol, for the served version and for one that the path names.
    private static func versioned(
        _ method: HTTPRequest.Method, _ ending: String, _ access: RouteAccess, counts face: Call.Face? = nil,
        _ name: String, _ summary: String, _ refusals: OpenAPIRefusals = [.always, .model],
        describe: @escaping @Sendable (OpenAPIModel) -> OpenAPIOperation?,
        answer: @escaping @Sendable (RouteHandlers) -> Handler
    ) -> [ServedRoute] {
        [
            model(
                method, "/v2/models/{model}\(ending)", access, counts: face, .inference, "v2_\(name)", summary,
                refusals, describe: describe, answer: answer),
            model(
                method, "/v2/models/{model}/versions/{version}\(ending)", access, counts: face, .inference,
                "v2_version_\(name)", "\(summary), of a version", refusals, describe: describe, answer: answer),
        ]
    }
}
