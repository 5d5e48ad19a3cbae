import HTTPTypes
import SlipwayData
import SlipwayServing

/// The responses of one operation: its answers, and a status for each kind of errors that it can meet.
struct OpenAPIResponses {
    let operation: OpenAPIOperation
    /// The kinds of errors that it can meet.
    let codes: [ServingError.Code]
    /// How errors are written.
    let shape: ErrorShape

    var json: JSONObject {
        var answer: JSONObject = [
            "description": "The answer.", "content": OpenAPIContent.json(of: operation.answers),
        ]
        let headers = operation.answerHeaders.map { Self.header($0.name, $0.description) }
        if !headers.isEmpty { answer["headers"] = .object(JSONObject(headers)) }
        var responses: JSONObject = ["200": .object(answer)]
        for status in Set(codes.map(\.status.code)).sorted() {
            responses[String(status)] = .object(refusal(codes.filter { $0.status.code == status }))
        }
        guard let (status, description) = operation.denial else { return responses }
        responses[String(status.code)] = .object([
            "description": .string(description), "content": OpenAPIContent.json(of: operation.answers),
        ])
        return responses
    }

    private func refusal(_ codes: [ServingError.Code]) -> JSONObject {
        let words = codes.map { "`\($0.rawValue)`: \($0.meaning)." }
        var members: JSONObject = [
            "description": .string(words.joined(separator: " ")),
            "content": OpenAPIContent.json(of: [shape.content]),
        ]
        var headers = JSONObject()
        for code in codes {
            guard let (name, value) = Self.header(of: code) else { continue }
            headers[name] = value
        }
        if !headers.members.isEmpty { members["headers"] = .object(headers) }
        return members
    }

    /// The header that comes with a status.
    private static func header(of code: ServingError.Code) -> (name: String, value: JSONValue)? {
        switch code.status {
        case .unauthorized, .forbidden: header("WWW-Authenticate", "What the server asks for (RFC 6750, 3).")
        case .tooManyRequests, .serviceUnavailable:
            header("Retry-After", "After how many seconds to try again, where that is known.")
        default: nil
        }
    }

    private static func header(_ name: String, _ description: String) -> (name: String, value: JSONValue) {
        (name, .object(["description": .string(description), "schema": .object(OpenAPISchema.text)]))
    }
}

extension ErrorShape {
    /// An error in this shape as the document refers to it.
    fileprivate var content: OpenAPIContent {
        component.map { OpenAPIContent(OpenAPISchema.reference(to: $0.name)) } ?? OpenAPIContent(text: "text/html")
    }

    /// The name and schema of the shape among the components; `nil` for pages.
    var component: (name: String, schema: JSONObject)? {
        switch self {
        case .slipway:
            let code = OpenAPISchema.oneOf(ServingError.Code.allCases.map(\.rawValue))
            let error = OpenAPISchema.object(
                [
                    "code": code, "message": OpenAPISchema.described(OpenAPISchema.text, "What happened."),
                    "field": OpenAPISchema.described(OpenAPISchema.text, "The field at fault."),
                    "hint": OpenAPISchema.described(OpenAPISchema.text, "What to do about it."),
                    "request_id": OpenAPISchema.described(OpenAPISchema.text, "The id by which logs name the request."),
                ], required: ["code", "message"], isClosed: true)
            return ("Error", OpenAPISchema.object(["error": error], isClosed: true))
        case .text: return ("ErrorText", OpenAPISchema.object(["error": OpenAPISchema.text], isClosed: true))
        case .mlflow:
            let members = OpenAPISchema.object(
                ["error_code": OpenAPISchema.text, "message": OpenAPISchema.text], isClosed: true)
            return ("ErrorMLflow", members)
        case .page: return nil
        }
    }
}
