import HTTPTypes
import SlipwayAccess
import SlipwayData
import SlipwayServing

/// A route as the document describes it; ``all`` has one for each route of the server.
struct OpenAPIRoute: Sendable {
    /// The headings under which operations stand.
    enum Tag: String, CaseIterable {
        case predictions = "Predictions"
        case models = "Models"
        case inference = "Open Inference Protocol"
        case mlflow = "MLflow"
        case tensorflow = "TensorFlow Serving"
        case operations = "Operations"
        case pages = "Pages"
    }

    /// Whether a route is described once, or once for each model with the model's own fields.
    enum Subject: Sendable {
        case server(@Sendable ([OpenAPIModel]) -> OpenAPIOperation)
        /// `nil` where the model does not answer that route.
        case model(@Sendable (OpenAPIModel) -> OpenAPIOperation?)
    }

    let method: HTTPRequest.Method
    /// The path as the router has it.
    let path: String
    let tag: Tag
    /// The name of the operation, to which the model's is added; none is another with more words behind it.
    let name: String
    let summary: String
    let refusals: OpenAPIRefusals
    let subject: Subject
    /// What the path ends in beside what the router matches, such as `:predict`.
    var verb = ""

    /// Adds the route's operations to the paths of a document.
    func add(to paths: inout JSONObject, _ models: [OpenAPIModel], asksForKeys: Bool) {
        switch subject {
        case .server(let describe):
            add(describe(models), at: path + verb, named: name, summary, to: &paths, asksForKeys)
        case .model(let describe):
            for model in models {
                guard let operation = describe(model) else { continue }
                let called = (path + verb).replacing("{model}", with: model.name)
                add(
                    operation, at: called, named: "\(name)_\(model.name)", "\(summary): \(model.name)", to: &paths,
                    asksForKeys, version: model.served.number)
            }
        }
    }

    private func add(
        _ operation: OpenAPIOperation, at called: String, named name: String, _ summary: String,
        to paths: inout JSONObject, _ asksForKeys: Bool, version: Int? = nil
    ) {
        var operation = operation
        if refusals.contains(.prediction) {
            operation.parameters += OpenAPIHeader.ofPredictions.map(\.parameter)
            operation.sharedAnswerHeaders.append(.cache)
        }
        let isOpen = RouteAccess.needed(for: method, at: path) == .open
        var members: JSONObject = [
            "operationId": .string(name), "summary": .string(summary), "tags": .array([.string(tag.rawValue)]),
        ]
        if isOpen, asksForKeys { members["security"] = .array([]) }
        let parameters = pathParameters(called, version) + operation.parameters
        if !parameters.isEmpty { members["parameters"] = .array(parameters.map(\.json)) }
        if !operation.bodies.isEmpty {
            members["requestBody"] = .object([
                "required": .boolean(!operation.takesNoBody), "content": OpenAPIContent.json(of: operation.bodies),
            ])
        }
        var refusals = refusals.union(operation.refusals)
        if asksForKeys, !isOpen { refusals.insert(.admission) }
        let responses = OpenAPIResponses(
            operation: operation, codes: refusals.codes, shape: ErrorShape(path: called))
        members["responses"] = .object(responses.json)
        var operations = JSONObject()
        if case .object(let known)? = paths[called] { operations = known }
        operations[method.rawValue.lowercased()] = .object(members)
        paths[called] = .object(operations)
    }

    private func pathParameters(_ called: String, _ version: Int?) -> [OpenAPIParameter] {
        var parameters: [OpenAPIParameter] = []
        if called.contains("{model}") {
            parameters.append(
                OpenAPIParameter(
                    name: "model", place: .path, schema: ["type": "string", "minLength": .integer(1)],
                    description: "The name of a model that the registry deploys here."))
        }
        if called.contains("{version}"), let version {
            let schema: JSONObject = ["type": "integer", "enum": .array([.integer(Int64(version))])]
            parameters.append(
                OpenAPIParameter(
                    name: "version", place: .path, schema: schema,
                    description: "The version that must answer; one that is not served is refused."))
        }
        return parameters
    }
}
