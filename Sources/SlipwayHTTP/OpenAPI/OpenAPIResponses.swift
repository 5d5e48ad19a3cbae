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
        let answer: JSONObject = [
            "description": "The answer.", "content": OpenAPIContent.json(of: operation.answers),
            "headers": .object(
                Self.headers(operation.sharedAnswerHeaders, and: operation.answerHeaders.map(Self.header))),
        ]
        var responses: JSONObject = ["200": .object(answer)]
        if operation.sharedAnswerHeaders.contains(.entityTag) {
            responses["304"] = .object([
                "description": "The caller has the file already.", "headers": .object(Self.headers([.entityTag])),
            ])
        }
        for status in Set(codes.map(\.status.code)).sorted() {
            responses[String(status)] = .object(refusal(codes.filter { $0.status.code == status }))
        }
        guard let (status, description) = operation.denial else { return responses }
        responses[String(status.code)] = .object([
            "description": .string(description), "content": OpenAPIContent.json(of: operation.answers),
            "headers": .object(Self.headers()),
        ])
        return responses
    }

    private func refusal(_ codes: [ServingError.Code]) -> JSONObject {
        let words = codes.map { "`\($0.rawValue)`: \($0.meaning)." }
        return [
            "description": .string(words.joined(separator: " ")),
            "content": OpenAPIContent.json(of: [shape.content]),
            "headers": .object(Self.headers(codes.first.flatMap(Self.header).map { [$0] } ?? [])),
        ]
    }

    /// The header that comes with the status of an error.
    private static func header(of code: ServingError.Code) -> OpenAPIHeader? {
        switch code.status {
        case .unauthorized, .forbidden: .challenge
        case .tooManyRequests, .serviceUnavailable: .retryAfter
        default: nil
        }
    }

    /// The headers of every answer, and more of one.
    private static func headers(
        _ shared: [OpenAPIHeader] = [], and own: [(name: String, value: JSONValue)] = []
    ) -> JSONObject {
        JSONObject((OpenAPIHeader.ofAnswers + shared).map(\.ofAnswer) + own)
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
