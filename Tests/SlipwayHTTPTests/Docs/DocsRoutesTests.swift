import Foundation
import Logging
import SlipwayAccess
import SlipwayData
import SlipwayModel
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

@testable import SlipwayHTTP

@Suite(.serialized) struct DocsRoutesTests {
    @Test func theFirstPageListsTheModelsAndLoadsNothingFromElsewhere() async throws {
        try await TestServer.ready { server, _ in
            let page = try await server.get("/docs")
            #expect(page.status == 200)
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            let policy = try #require(page.header("Content-Security-Policy"))
            #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"))
            #expect(!policy.contains("unsafe") && !policy.contains("*") && !policy.contains("http"))
            #expect(
                page.text.contains("href=\"/docs/models/churn\"") && page.text.contains("href=\"/docs/models/bare\""))
            for text in [page.text, try await server.get("/docs/models/churn").text] {
                #expect(!text.contains("<style") && !text.contains(" style=") && !text.contains(" onclick="))
                #expect(!text.contains("src=\"http") && !text.contains("href=\"http"))
                #expect(text.ranges(of: "<script").count == text.ranges(of: "<script src=\"/docs/assets/").count)
            }
        }
    }

    @Test func anAssetThatIsKnownIsNotSentAgain() async throws {
        try await TestServer.ready { server, _ in
            for name in ["docs.css", "docs.js"] {
                let asset = try await server.get("/docs/assets/\(name)")
                let tag = try #require(asset.header("ETag"))
                #expect(asset.status == 200 && !asset.body.isEmpty)
                #expect(asset.header("Cache-Control") == "no-cache")
                #expect(asset.header("X-Content-Type-Options") == "nosniff")
                func exchange(_ tag: String) async throws -> String {
                    let head = "GET /docs/assets/\(name) HTTP/1.1\r\nIf-None-Match: \(tag)"
                    return try await RawConnection(port: server.port).exchange(head)
                }
                let again = try await exchange(tag)
                #expect(again.hasPrefix("HTTP/1.1 304") && again.hasSuffix("\r\n\r\n"))
                #expect(try await exchange("\"other\", \(tag)").hasPrefix("HTTP/1.1 304"))
                #expect(try await exchange("\"other\"").hasPrefix("HTTP/1.1 200"))
            }
            for name in ["absent.js", "..%2f..%2fregistry.db", "swagger-ui.css%00"] {
                #expect(try await server.get("/docs/assets/\(name)").status == 404, "\(name)")
            }
        }
    }

    @Test func withoutSwaggerUIThePageListsTheRoutesAndSaysWhatIsMissing() async throws {
        let folder = try TemporaryFolder()
        let absent = SwaggerUI(environment: ["SLIPWAY_SWAGGER_UI": folder.path("none")])
        try await TestServer.serving(try await TestProject.ready(), swaggerUI: absent) { server in
            let page = try await server.get("/docs")
            #expect(page.status == 200)
            #expect(page.text.contains("Install it with dev/setup") && page.text.contains("SLIPWAY_SWAGGER_UI"))
            for route in ServedRoute.all { #expect(page.text.contains("<code>\(route.path)\(route.verb)</code>")) }
            #expect(!page.text.contains("/docs/assets/\(SwaggerUI.script)"))
            #expect(try await server.get("/docs/assets/swagger-ui-bundle.js").status == 404)
        }
    }

    @Test func swaggerUIIsServedFromItsFolder() async throws {
        let folder = try TemporaryFolder()
        for name in [SwaggerUI.script, SwaggerUI.style] {
            try Data("/* \(name) */".utf8).write(to: URL(filePath: folder.path(name)))
        }
        try Data("secret".utf8).write(to: URL(filePath: folder.path("other.js")))
        let found = SwaggerUI(environment: ["SLIPWAY_SWAGGER_UI": folder.path])
        try await TestServer.serving(try await TestProject.ready(), swaggerUI: found) { server in
            #expect(try await server.get("/docs").text.contains("/docs/assets/swagger-ui-bundle.js"))
            let script = try await server.get("/docs/assets/swagger-ui-bundle.js")
            #expect(script.text == "/* swagger-ui-bundle.js */")
            #expect(script.header("Content-Type") == "text/javascript; charset=utf-8")
            #expect(try await server.get("/docs/assets/other.js").status == 404)
        }
    }

    @Test func whereKeysAreAskedTheOpenPageTellsNothingOfTheProject() async throws {
        try await KeyedServer.with { keyed in
            let page = try await keyed.send("GET", "/docs", nil)
            #expect(page.status == 200)
            #expect(!page.text.contains("churn") && !page.text.contains("bare"))
            let refused = try await keyed.send("GET", "/docs/models/churn", nil)
            #expect(refused.status == 401)
            #expect(refused.header("Content-Type") == "text/html; charset=utf-8")
            #expect(refused.header("WWW-Authenticate") == #"Bearer realm="slipway""#)
            #expect(refused.text.contains("<form id=\"unlock\"") && !refused.text.contains("income"))
            let secret = try await keyed.key(Scope(.view, model: "churn"))
            let shown = try await keyed.send("GET", "/docs/models/churn", secret)
            #expect(shown.status == 200 && shown.text.contains("income"))
            #expect(shown.text.contains("Authorization: Bearer $SLIPWAY_KEY") && !shown.text.contains(secret.text))
            #expect(try await keyed.send("GET", "/docs/models/bare", secret).status == 403)
        }
    }

    @Test func aModelThatIsNotThereHasAPageThatSaysSo() async throws {
        try await TestServer.ready { server, _ in
            let page = try await server.get("/docs/models/chrun")
            #expect(page.status == 404)
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            #expect(page.text.contains("Did you mean &#39;churn&#39;?"))
        }
    }
}
