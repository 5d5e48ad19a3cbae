import HTTPTypes
import SlipwayServing

extension OpenAPIRoute {
    /// Every route of the server; a test holds it to the routes that there are.
    static let all: [OpenAPIRoute] = predictions + models + inference + repository + mlflow + tensorflow + operations

    private static let predicting: OpenAPIRefusals = [.always, .body, .model, .prediction]

    private static let predictions: [OpenAPIRoute] = [
        model(
            .post, "/models/{model}/predict", .predictions, "predict", "Predict",
            predicting.union([.query, .explanation])
        ) { $0.predict },
        model(
            .get, "/models/{model}/predict", .predictions, "look_up", "Predict, with features looked up by key",
            [.always, .query, .model, .prediction, .features, .explanation]
        ) { $0.predictByKey },
        model(
            .post, "/models/{model}/feedback", .predictions, "feed_back", "Feed back what came true",
            [.always, .body, .model, .feedback]
        ) { $0.feedBack },
    ]

    private static let models: [OpenAPIRoute] = [
        server(.get, "/models", .models, "list_models", "List the models served") { _ in OpenAPIServer.models },
        model(.get, "/models/{model}", .models, "describe", "Describe the model", [.always, .model]) {
            $0.description
        },
        model(
            .get, "/models/{model}/challenger", .models, "compare", "Compare the challenger with the champion",
            [.always, .model]
        ) { $0.challenger },
    ]

    private static let inference: [OpenAPIRoute] =
        [
            server(.get, "/v2", .inference, "v2_server", "Describe the server") { _ in OpenAPIServer.metadata },
            server(.get, "/v2/health/live", .inference, "v2_live", "Say whether the server runs", []) { _ in
                OpenAPIServer.live
            },
            server(.get, "/v2/health/ready", .inference, "v2_ready", "Say whether the server answers") { _ in
                OpenAPIServer.ready
            },
            server(.get, "/v2/models", .inference, "v2_models", "Name the models served") { _ in
                OpenAPIServer.modelNames
            },
            server(.get, "/v2/models/stats", .inference, "v2_stats", "Say what all models were asked") { _ in
                OpenAPIModel.statistics
            },
        ] + versioned(.get, "", "metadata", "Describe the tensors") { $0.metadata }
        + versioned(.get, "/ready", "model_ready", "Say whether the model answers") { _ in OpenAPIModel.ready }
        + versioned(.get, "/stats", "model_stats", "Say what the model was asked") { _ in OpenAPIModel.statistics }
        + versioned(.post, "/infer", "infer", "Infer from tensors", predicting) { $0.infer }

    private static let repository: [OpenAPIRoute] = [
        server(
            .post, "/v2/repository/index", .inference, "v2_index", "List the models that are deployed here",
            [.always, .body]
        ) { _ in OpenAPIServer.index },
        server(
            .post, "/v2/repository/models/{model}/load", .inference, "v2_load", "Let a model answer again",
            [.always, .body, .model, .loading]
        ) { _ in OpenAPIServer.load },
        server(
            .post, "/v2/repository/models/{model}/unload", .inference, "v2_unload", "Let a model answer no more",
            [.always, .body, .model]
        ) { _ in OpenAPIServer.unload },
    ]

    private static let mlflow: [OpenAPIRoute] = [
        server(.get, "/ping", .mlflow, "ping", "Say whether the server answers", [.readiness]) { _ in
            OpenAPIServer.text("text/plain")
        },
        server(.get, "/health", .mlflow, "health", "Say whether the server answers", [.readiness]) { _ in
            OpenAPIServer.text("text/plain")
        },
        server(.get, "/version", .mlflow, "version", "Give the version of the server") { _ in
            OpenAPIServer.text("text/plain")
        },
        server(
            .post, "/invocations", .mlflow, "invocations", "Predict with the only model, or the one named",
            predicting.union(.query), OpenAPIModel.invoke),
        model(.post, "/models/{model}/invocations", .mlflow, "invoke", "Predict for MLflow's clients", predicting) {
            $0.invoke
        },
    ]

    private static let tensorflow: [OpenAPIRoute] = [
        model(.get, "/v1/models/{model}", .tensorflow, "v1_status", "Give the state of the model", [.always, .model]) {
            _ in OpenAPIModel.statusTensorFlow
        },
        model(
            .get, "/v1/models/{model}/versions/{version}", .tensorflow, "v1_version_status",
            "Give the state of a version", [.always, .model]
        ) { _ in OpenAPIModel.statusTensorFlow },
        model(
            .get, "/v1/models/{model}/metadata", .tensorflow, "v1_metadata", "Name the fields and outputs",
            [.always, .model]
        ) { _ in OpenAPIModel.metadataTensorFlow },
        model(
            .post, "/v1/models/{model}", .tensorflow, "v1_predict", "Predict by rows or columns", predicting,
            verb: TensorFlowRoutes.verb
        ) { $0.predictTensorFlow },
        model(
            .post, "/v1/models/{model}/versions/{version}", .tensorflow, "v1_version_predict",
            "Predict with a version", predicting, verb: TensorFlowRoutes.verb
        ) { $0.predictTensorFlow },
    ]

    private static let operations: [OpenAPIRoute] = [
        server(.get, "/health/live", .operations, "live", "Say whether the server runs", []) { _ in
            OpenAPIServer.live
        },
        server(.get, "/health/ready", .operations, "ready", "Say whether the server answers") { _ in
            OpenAPIServer.ready
        },
        server(.get, "/metrics", .operations, "metrics", "Give figures to Prometheus") { _ in OpenAPIServer.metrics },
        server(.get, "/openapi.json", .operations, "openapi", "Describe the API") { _ in OpenAPIServer.document },
        server(.get, "/docs", .pages, "docs", "Show the API to people") { _ in OpenAPIServer.page },
        server(.get, "/docs/assets/{file}", .pages, "docs_asset", "Give a file that the pages need", [.always, .file]) {
            _ in
            OpenAPIServer.asset
        },
        model(.get, "/docs/models/{model}", .pages, "docs_model", "Show the model to people", [.always, .model]) { _ in
            OpenAPIServer.page
        },
    ]

    /// A route that is described once.
    private static func server(
        _ method: HTTPRequest.Method, _ path: String, _ tag: Tag, _ name: String, _ summary: String,
        _ refusals: OpenAPIRefusals = .always, _ describe: @escaping @Sendable ([OpenAPIModel]) -> OpenAPIOperation
    ) -> OpenAPIRoute {
        OpenAPIRoute(
            method: method, path: path, tag: tag, name: name, summary: summary, refusals: refusals,
            subject: .server(describe))
    }

    /// A route that is described for each model.
    private static func model(
        _ method: HTTPRequest.Method, _ path: String, _ tag: Tag, _ name: String, _ summary: String,
        _ refusals: OpenAPIRefusals, verb: String = "",
        _ describe: @escaping @Sendable (OpenAPIModel) -> OpenAPIOperation?
    ) -> OpenAPIRoute {
        OpenAPIRoute(
            method: method, path: path, tag: tag, name: name, summary: summary, refusals: refusals,
            subject: .model(describe), verb: verb)
    }

    /// A route of the inference protocol, for the served version and for one that the path names.
    private static func versioned(
        _ method: HTTPRequest.Method, _ ending: String, _ name: String, _ summary: String,
        _ refusals: OpenAPIRefusals = [.always, .model],
        _ describe: @escaping @Sendable (OpenAPIModel) -> OpenAPIOperation?
    ) -> [OpenAPIRoute] {
        [
            model(method, "/v2/models/{model}\(ending)", .inference, "v2_\(name)", summary, refusals, describe),
            model(
                method, "/v2/models/{model}/versions/{version}\(ending)", .inference, "v2_version_\(name)",
                "\(summary), of a version", refusals, describe),
        ]
    }
}
