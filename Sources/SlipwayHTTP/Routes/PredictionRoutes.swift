import Hummingbird
import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayServing

/// The routes by which applications predict and feed the true outcome back.
struct PredictionRoutes {
    let service: PredictionService

    /// One object, an array of objects, or `{"records":[…]}`; with `?explain=3` the three strongest reasons for each.
    func predict(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(context)
        let parameters = try QueryParameter.all(in: request.uri.query)
        let reasonCount = try ReasonCount(in: parameters)?.count
        let body = try await request.json(context)
        if case .object(let record) = body, !(try Self.isList(record, for: served)) {
            return Self.response(
                try await answers(to: [record], served, reasonCount, context.call(.rest))[0], of: served)
        }
        let answers = try await answers(
            to: try Self.records(of: body), served, reasonCount, context.call(.rest))
        return Self.response(answers, of: served)
    }

    private static func response(_ answer: PredictionAnswer, of served: ServedModel) -> Response {
        Response(
            .object(
                JSONObject(
                    distinct: [
                        ("id", .string(answer.id)), ("model", .string(served.name)),
                        ("version", .integer(Int64(answer.version))),
                    ] + answer.members.members))
        ).marked(isCached: answer.isCached)
    }

    /// Where a key parted the records between two versions, each says which one answered it.
    private static func response(_ answers: [PredictionAnswer], of served: ServedModel) -> Response {
        let isMixed = answers.contains { $0.version != answers[0].version }
        let list = answers.map { answer in
            var json = answer.json
            if isMixed { json["version"] = .integer(Int64(answer.version)) }
            return JSONValue.object(json)
        }
        return Response(
            .object([
                "model": .string(served.name),
                "version": .integer(Int64(isMixed ? served.number : answers[0].version)),
                "predictions": .array(list),
            ])
        ).marked(isCached: answers[0].isCached)
    }

    private func answers(
        to records: [JSONObject], _ served: ServedModel, _ reasonCount: Int?, _ call: Call
    ) async throws(ServingError) -> [PredictionAnswer] {
        guard let reasonCount else { return try await service.predict(records, with: served, call: call) }
        return try await service.predict(records, with: served, reasonCount: reasonCount, call: call)
    }

    /// Features looked up by key: `?customer_id=1234`, and `&explain=3` for reasons.
    func predictByKey(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(context)
        let key = try service.lookUpKey(of: served)
        let parameters = try QueryParameter.all(in: request.uri.query)
        // A key of that name is still the key.
        let reasonCount = key == ReasonCount.parameter ? nil : try ReasonCount(in: parameters)?.count
        let text = try Self.text(
            of: key, in: reasonCount == nil ? parameters : parameters.filter { $0.name != ReasonCount.parameter })
        let record = JSONObject([(key, JSONValue(KeyText.value(of: text)))])
        return Self.response(
            try await answers(to: [record], served, reasonCount, context.call(.rest))[0], of: served)
    }

    /// The newest answer of a batch for a key.
    func stored(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(context)
        let key = context.parameter("key") ?? ""
        let prediction = try await service.storedPrediction(
            for: KeyText.value(of: key), of: served, call: context.call(.rest))
        return Response(.object(prediction.json(of: served.name)))
    }

    func feedback(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(context)
        let records = try FeedbackParser.records(
            of: try await request.json(context), key: served.binding.key, task: served.model.signature.task)
        return Response(.object(["accepted": .integer(Int64(try service.accept(records, for: served)))]))
    }

    /// The text of the one parameter that a look-up takes.
    private static func text(of key: String, in parameters: [QueryParameter]) throws(ServingError) -> String {
        func problem(_ message: String, _ field: String = key) -> ServingError {
            ServingError(.malformed, message, hint: "Write ?\(key)=1234, and nothing else.", field: field)
        }
        if let other = parameters.first(where: { $0.name != key })?.name {
            throw problem("there is no parameter '\(other.prefix(80))'", other)
        }
        guard let text = parameters.first?.value else { throw problem("the query does not give '\(key)'") }
        guard parameters.count == 1 else { throw problem("'\(key)' is given \(parameters.count) times") }
        guard !text.isEmpty else { throw problem("'\(key)' is empty") }
        return text
    }

    /// Whether an object holds records, and is not one itself.
    private static func isList(_ object: JSONObject, for served: ServedModel) throws(ServingError) -> Bool {
        guard let records = object["records"], served.model.signature.input(named: "records") == nil else {
            return false
        }
        if let other = object.members.first(where: { $0.name != "records" })?.name {
            throw ServingError(
                .malformed, "'\(other.prefix(80))' stands beside 'records', which stands alone",
                hint: "Send the fields of one record, or {\"records\": […]}.", field: other)
        }
        guard case .array = records else {
            throw ServingError(
                .malformed, "'records' is \(records.kindPhrase), not a list of records", field: "records")
        }
        return true
    }

    private static func records(of body: JSONValue) throws(ServingError) -> [JSONObject] {
        let list = body["records"] ?? body
        guard case .array(let items) = list else {
            throw ServingError(
                .malformed, "the body is \(body.kindPhrase), not a record",
                hint: "Send an object of fields, an array of such objects, or {\"records\": […]}.")
        }
        var records: [JSONObject] = []
        for (index, item) in items.enumerated() {
            guard case .object(let record) = item else {
                throw ServingError(.malformed, "record \(index + 1) is \(item.kindPhrase), not an object of fields")
            }
            records.append(record)
        }
        return records
    }
}
