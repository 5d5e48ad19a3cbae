import HTTPTypes
import Hummingbird
import Mustache
import NIOCore
import SlipwayServing

/// A page with places for values, every one of which is escaped.
struct DocsTemplate: Sendable {
    private let template: Result<MustacheTemplate, any Error>

    /// Parses the main part of a page; head and foot are the same for all.
    init(_ main: String) {
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        template = Result { try MustacheTemplate(string: Self.page(main)) }
    }

    /// The page with the values of a structure's members.
    ///
    /// - Throws: ``ServingError`` of kind `internalError` for a template that does not parse.
    func html(_ values: some Sendable) throws(ServingError) -> String {
        switch template {
        case .success(let template): return template.render(values)
        case .failure(let problem):
            throw ServingError(.internalError, "the page cannot be drawn", cause: "\(problem)")
        }
    }

    /// The page as an answer that loads nothing from elsewhere, and runs no script but our files.
    func response(_ values: some Sendable, status: HTTPResponse.Status = .ok) throws(ServingError) -> Response {
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
            .contentSecurityPolicy: Self.policy, .xContentTypeOptions: "nosniff",
        ]
        if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "no-referrer" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: try html(values))))
    }

    /// What a browser may do with a page (Content Security Policy Level 3).
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static func page(_ main: String) -> String {
        """
        {{% CONTENT_TYPE:\(HTMLText.name)}}<!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <link rel="icon" href="data:,">
        {{#showsAPI}}<link rel="stylesheet" href="/docs/assets/\(SwaggerUI.style)">
        {{/showsAPI}}<link rel="stylesheet" href="/docs/assets/docs.css">
        {{#showsAPI}}<script src="/docs/assets/\(SwaggerUI.script)" defer></script>
        {{/showsAPI}}<script src="/docs/assets/docs.js" defer></script>
        </head>
        <body>
        <header class="bar"><a href="/docs">Slipway</a></header>
        <main id="page">
        \(main)
        </main>
        </body>
        </html>

        """
    }
}
