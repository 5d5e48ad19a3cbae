import HTTPTypes
import SlipwayData
import SlipwayServing

extension ServedRoute {
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
        let isOpen = terms.access == .open
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
