import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import SlipwayServing
import SlipwayServingTesting
import SlipwayTLS
import Testing

@testable import SlipwayHTTP

struct ServedRouteTests {
    private static func router() throws -> Router<ServingContext> {
        let project = try TestProject()
        let service = PredictionService(
            models: ServedModels(), metrics: ServingMetrics(), features: project.features,
            logs: ServingLogs(folder: project.logFolder, environment: TestProject.environment))
        return ServingApplication(
            ServingCore(service: service, serverVersion: "1", logger: Logger(label: "none")),
            at: ServerEndpoint(port: 0)
        ).router()
    }

    private static func status(of method: HTTPRequest.Method, _ path: String, by router: Router<ServingContext>)
        async throws -> HTTPResponse.Status
    {
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
        let context = ServingContext(
            source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: Logger(label: "none")))
        return try await router.buildResponder()
            .respond(to: Request(head: head, body: RequestBody(buffer: ByteBuffer())), context: context).status
    }

    @Test func theRouterHasTheTableAndNothingElse() throws {
        let served = try Self.router().routes.filter { $0.method != .head }
        #expect(
            served.map { "\($0.method) \($0.path)" }.sorted()
                == ServedRoute.all.map { "\($0.method) \($0.path)" }.sorted())
        #expect(Set(served.map { "\($0.method) \($0.path)" }).count == served.count)
    }

    /// Nobody is asked for a key here, so that only the table can stand in the way.
    @Test func aRouteThatTheTableDoesNotHaveIsNotServed() async throws {
        let router = try Self.router()
        router.get("/forgotten") { _, _ in Response(status: .ok) }
        router.post("/models") { _, _ in Response(status: .ok) }
        #expect(try await Self.status(of: .get, "/forgotten", by: router) == .notFound)
        #expect(try await Self.status(of: .head, "/forgotten", by: router) == .notFound)
        #expect(try await Self.status(of: .post, "/models", by: router) == .methodNotAllowed)
        #expect(try await Self.status(of: .get, "/models", by: router) == .ok)
    }

    @Test func whatPredictsIsCountedByItsProtocol() {
        let counted = ServedRoute.all.filter { $0.terms.face != nil }
        let predicting = ServedRoute.all.filter { $0.refusals.contains(.prediction) }
        #expect(counted.map(\.name) == predicting.map(\.name))
        #expect(Set(counted.map(\.terms.face)) == [.rest, .inferenceHTTP, .mlflow, .tensorflow])
        #expect(ServedRoute.terms(of: .head, at: "/models/{model}/predict")?.face == .rest)
    }

    @Test func onlyWhatTellsOfTheServerIsLetInWhereThereIsTooMuchToDo() {
        #expect(
            Set(ServedRoute.all.filter(\.terms.isVital).map(\.path)) == [
                "/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready", "/ping", "/health", "/metrics",
            ])
    }

    @Test func onlyAPathWithAModelAsksForAPermissionOnIt() {
        for route in ServedRoute.all {
            if case .onModel = route.terms.access {
                #expect(route.path.contains("{model}"), "\(route.name)")
            } else {
                #expect(!route.path.contains("{model}"), "\(route.name)")
            }
        }
    }
}
