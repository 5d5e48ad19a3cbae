import HTTPTypes
import SlipwayData
import SlipwayModel
import SlipwayServing

/// The operations that speak of the server as a whole.
enum OpenAPIServer {
    static let live = OpenAPIOperation.giving(OpenAPISchema.object(["live": OpenAPISchema.truth], isClosed: true))

    static let ready = OpenAPIOperation(
        answers: [
            OpenAPIContent(
                OpenAPISchema.object(
                    ["ready": OpenAPISchema.truth, "reason": OpenAPISchema.text], required: ["ready"], isClosed: true))
        ], denial: (.serviceUnavailable, "It does not answer now; the reason is given."))

    static let models = OpenAPIOperation.giving(
        OpenAPISchema.object(
            ["models": OpenAPISchema.list(of: OpenAPIModel.summarySchema())],
            isClosed: true))

    static let modelNames = OpenAPIOperation.giving(
        OpenAPISchema.object(["models": OpenAPISchema.list(of: OpenAPISchema.text)], isClosed: true))

    static let metadata = OpenAPIOperation.giving(
        OpenAPISchema.object(
            [
                "name": OpenAPISchema.text, "version": OpenAPISchema.text,
                "extensions": OpenAPISchema.list(of: OpenAPISchema.text),
            ], isClosed: true))

    static let document = OpenAPIOperation.giving(
        OpenAPISchema.object(["openapi": OpenAPISchema.text, "info": ["type": "object"], "paths": ["type": "object"]]))

    static let metrics = text("text/plain")
    static let page = text("text/html")

    /// A script or a style sheet of the pages.
    static let asset = OpenAPIOperation(
        parameters: [
            OpenAPIParameter(name: "file", place: .path, schema: OpenAPISchema.oneOf(DocsAssets.names))
        ],
        answers: [OpenAPIContent(text: "text/css"), OpenAPIContent(text: "text/javascript")],
        sharedAnswerHeaders: [.entityTag])

    /// A text of a type.
    static func text(_ type: String) -> OpenAPIOperation { OpenAPIOperation(answers: [OpenAPIContent(text: type)]) }

    /// The list of models that the registry deploys here.
    static let index = OpenAPIOperation(
        bodies: [
            OpenAPIContent(
                OpenAPISchema.object(["ready": ["type": .array(["boolean", "null"])]], required: []),
                example: .object(["ready": .boolean(true)]))
        ], takesNoBody: true,
        answers: [
            OpenAPIContent(
                OpenAPISchema.list(
                    of: OpenAPISchema.object(
                        [
                            "name": OpenAPISchema.text, "version": OpenAPISchema.text,
                            "state": OpenAPISchema.oneOf(["READY", "UNAVAILABLE"]), "reason": OpenAPISchema.text,
                        ], isClosed: true)))
        ])

    /// Loading a model; parameters that other servers take are refused, since models come from the registry.
    static let load = change(
        OpenAPISchema.object(
            ["parameters": ["type": "object", "additionalProperties": .boolean(false)]], required: []))
    static let unload = change(["type": "object"])

    private static func change(_ body: JSONObject) -> OpenAPIOperation {
        OpenAPIOperation(
            bodies: [OpenAPIContent(body, example: .object([:]))], takesNoBody: true,
            answers: [OpenAPIContent(["type": "object"])])
    }
}
