import Hummingbird
import SlipwayData
import SlipwayModel
import SlipwayMonitoring

/// The routes by which applications predict and feed the true outcome back.
struct PredictionRoutes {
    let service: PredictionService

    func add(to router: Router<ServingContext>) {
        router.post("/models/{model}/predict", use: predict)
        router.get("/models/{model}/predict", use: predictByKey)
        router.post("/models/{model}/feedback", use: feedback)
    }

    /// One object, an array of objects, or `{"records":[…]}`.
    private func predict(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(try context.parameters.require("model"))
        let body = try await request.json()
        let head = [("model", JSONValue.string(served.name)), ("version", .integer(Int64(served.number)))]
        if case .object(let record) = body, !Self.isList(record) {
            let answer = try service.predict([record], with: served)[0]
            return Response(.object(JSONObject([("id", .string(answer.id))] + head + answer.members.members)))
        }
        let answers = try service.predict(try Self.records(of: body), with: served)
        let list = JSONValue.array(answers.map { .object($0.json) })
        return Response(.object(JSONObject(head + [("predictions", list)])))
    }

    /// Features looked up by key: `?customer_id=1234`.
    private func predictByKey(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(try context.parameters.require("model"))
        let parameters = request.uri.queryParameters
        let key = try service.lookUpKey(of: served)
        guard parameters.count == 1, let (name, text) = parameters.first, !text.isEmpty else {
            throw ServingError(
                .malformed, "the query is not one key", hint: "Write ?\(key)=1234, and nothing else.", field: key)
        }
        let answer = try service.predict(
            key: KeyText.value(of: String(text)), named: String(name), with: served)
        return Response(
            .object(
                JSONObject(
                    [
                        ("id", .string(answer.id)), ("model", .string(served.name)),
                        ("version", .integer(Int64(served.number))),
                    ] + answer.members.members)))
    }

    private func feedback(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(try context.parameters.require("model"))
        let records = try FeedbackParser.records(
            of: try await request.json(), key: served.binding.key, target: served.model.signature.task.target)
        return Response(.object(["accepted": .integer(Int64(try service.accept(records, for: served)))]))
    }

    private static func isList(_ object: JSONObject) -> Bool {
        guard object.members.count == 1, case .array? = object["records"] else { return false }
        return true
    }

    private static func records(of body: JSONValue) throws(ServingError) -> [JSONObject] {
        let list = body["records"] ?? body
        guard case .array(let items) = list else {
            throw ServingError(
                .malformed, "the body is a \(body.kindName), not a record",
                hint: "Send an object of fields, an array of such objects, or {\"records\": […]}.")
        }
        var records: [JSONObject] = []
        for (index, item) in items.enumerated() {
            guard case .object(let record) = item else {
                throw ServingError(.malformed, "record \(index + 1) is a \(item.kindName), not an object of fields")
            }
            records.append(record)
        }
        return records
    }
}
