import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayTesting
import Synchronization
import Testing

struct HTTPSourceTests {
    private static let token = "hunter2-token"

    private func source(
        _ server: OddServer, path: String = "people", rows: [String] = [], paging: HTTPPaging = .none,
        columns: [(name: String, type: ColumnType)] = [], limits: HTTPLimits = HTTPLimits()
    ) throws -> HTTPSource {
        try HTTPSource(
            name: "crm", address: server.url.absoluteString, token: Self.token,
            tables: [HTTPTable(name: "people", path: path, rows: rows, paging: paging, columns: columns)],
            limits: limits)
    }

    /// The error of a fetch, which shows no token.
    private func refusal(
        of source: HTTPSource, _ query: String = "select * from people", limits: FetchLimits = FetchLimits()
    ) async -> DataError? {
        let error = await #expect(throws: DataError.self) { try await source.fetch(query, limits: limits) }
        #expect(error?.message.contains("source 'crm'") == true)
        #expect(error?.description.contains(Self.token) == false)
        return error
    }

    @Test(arguments: DataSourceConformance.claims)
    func conforms(_ claim: ConformanceClaim<any DataSource>) async throws {
        let people = try DataSourceConformance.people()
        let rows = (0..<people.rowCount).map { row in
            JSONValue.object(JSONObject(zip(people.names, people.row(row)).map { (name: $0, value: JSONValue($1)) }))
        }
        let body = JSONValue.array(rows).text(style: .compact)
        let server = try OddServer { $0.answer(body) }
        try await claim.check(try source(server))
    }

    @Test func theTokenIsSentAndTheParametersOfThePathAreKept() async throws {
        let server = try OddServer { connection in
            let isRight =
                connection.header("Authorization") == "Bearer \(Self.token)" && connection.path == "/people?active=true"
            connection.answer("[{\"id\": 1}]", status: isRight ? 200 : 400)
        }
        let table = try await source(server, path: "/people?active=true").fetch("select id from people")
        #expect(table.row(0) == [.integer(1)])
    }

    private static let pagings: [HTTPPaging] = [
        .next(["links", "next"]), .header, .cursor(["meta", "cursor"], parameter: "c"),
        .offset(parameter: "offset", size: 2, sizeParameter: "limit"),
        .page(parameter: "page", first: 1, size: nil, sizeParameter: nil),
        .page(parameter: "page", first: 0, size: 2, sizeParameter: "limit"),
    ]

    /// Seven rows, two a page, by whichever way the request asks.
    private static func page(_ connection: OddServer.Connection, _ base: String) {
        let items = URLComponents(string: connection.path)?.queryItems ?? []
        func number(_ name: String) -> Int? { items.first { $0.name == name }?.value.flatMap { Int($0) } }
        let isFromZero = number("limit") != nil
        let start = number("offset") ?? number("start") ?? number("page").map { 2 * ($0 - (isFromZero ? 0 : 1)) } ?? 0
        let token = items.first { $0.name == "c" }?.value
        let begin = token.map { Int($0.dropFirst("a+b/".count)) ?? 99 } ?? start
        let rows = (min(begin, 7)..<min(begin + 2, 7)).map { "{\"id\": \($0)}" }.joined(separator: ",")
        let next = begin + 2 < 7 ? begin + 2 : nil
        let link = next.map { "\"/people?start=\($0)\"" } ?? "null"
        let cursor = next.map { "\"a+b/\($0)\"" } ?? "\"\""
        let header = next.map { ["Link: <\(base)people>; rel=\"first\", <\(base)people?start=\($0)>; rel=next"] } ?? []
        connection.answer(
            "{\"rows\":[\(rows)],\"links\":{\"next\":\(link)},\"meta\":{\"cursor\":\(cursor)}}", headers: header)
    }

    @Test(arguments: pagings) func allPagesAreGathered(_ paging: HTTPPaging) async throws {
        let server = try OddServer { connection in
            Self.page(connection, "http://\(connection.header("Host") ?? "")/")
        }
        let table = try await source(server, rows: ["rows"], paging: paging).fetch("select id from people order by id")
        #expect(table.columns == [Column(name: "id", values: .integers(Array(0..<7)))])
    }

    @Test func aTokenFollowsToNoOtherHost() async throws {
        let asked = Atomic(0)
        let other = try OddServer { connection in
            asked.add(1, ordering: .relaxed)
            connection.answer("[]")
        }
        let next = other.url.absoluteString
        let server = try OddServer { $0.answer("{\"rows\":[{\"id\":1}],\"next\":\"\(next)people\"}") }
        let error = await refusal(of: try source(server, rows: ["rows"], paging: .next(["next"])))
        #expect(error?.message.contains("none is taken from there") == true)
        let redirecting = try OddServer { $0.answer("", status: 302, headers: ["Location: \(next)"]) }
        #expect(await refusal(of: try source(redirecting))?.message.contains("status 302") == true)
        #expect(asked.load(ordering: .relaxed) == 0)
    }

    @Test(arguments: [
        ("{\"rows\":[{\"id\":1}],\"next\":\"/people\"}", HTTPPaging.next(["next"]), "in circles"),
        ("{\"rows\":[{\"id\":1}],\"c\":\"x\"}", .cursor(["c"], parameter: "c"), "in circles"),
        ("{\"rows\":[{\"id\":1}]}", .offset(parameter: "o", size: 1, sizeParameter: nil), "over again"),
        ("{\"rows\":[{\"id\":1}]}", .page(parameter: "p", first: 1, size: nil, sizeParameter: nil), "over again"),
        ("{\"rows\":[{\"id\":1}],\"next\":7}", .next(["next"]), "no address"),
        ("{\"rows\":[{\"id\":1}],\"c\":[]}", .cursor(["c"], parameter: "c"), "not a cursor"),
    ])
    func pagesThatLeadNowhereAreSeen(_ body: String, _ paging: HTTPPaging, _ words: String) async throws {
        let server = try OddServer { $0.answer(body) }
        let error = await refusal(of: try source(server, rows: ["rows"], paging: paging))
        #expect(error?.kind == .malformed)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.outlook == .lasting)
    }

    @Test func moreOrLargerPagesThanAllowedAreRefused() async throws {
        let count = Atomic(0)
        let server = try OddServer { connection in
            let page = count.add(1, ordering: .relaxed).newValue
            connection.answer("[{\"id\": \(page), \"text\": \"\(String(repeating: "x", count: 2_000))\"}]")
        }
        let paging = HTTPPaging.page(parameter: "p", first: 1, size: nil, sizeParameter: nil)
        let many = try source(server, paging: paging, limits: HTTPLimits(pageCountMax: 5))
        let tooMany = await refusal(of: many)
        #expect(tooMany?.kind == .limitExceeded && tooMany?.message.contains("more than 5 pages") == true)
        let tooLarge = await refusal(of: try source(server, limits: HTTPLimits(answerByteCountMax: 1_000)))
        #expect(tooLarge?.kind == .limitExceeded)
    }

    @Test(arguments: [
        (429, "Retry-After: 7", DataError.Outlook.passing(after: .seconds(7))),
        (503, "Retry-After: 99999999999", .passing(after: .seconds(31_536_000))),
        (503, "Retry-After: soon", .passing()), (500, "X: y", .passing()), (404, "Retry-After: 7", .lasting),
        (401, "X: y", .lasting), (400, "X: y", .lasting), (204, "X: y", .lasting),
    ])
    func aStatusTellsWhetherToAskAgain(_ status: Int, _ header: String, _ outlook: DataError.Outlook) async throws {
        let server = try OddServer { $0.answer("", status: status, headers: [header]) }
        let error = await refusal(of: try source(server))
        #expect(error?.outlook == outlook)
        #expect(
            error?.message.contains("GET /people, page 1 of 'people': the API answered with status \(status)") == true)
    }

    @Test func aRateLimitIsWaitedOutByTheSourceAroundIt() async throws {
        let count = Atomic(0)
        let server = try OddServer { connection in
            let isFirst = count.add(1, ordering: .relaxed).newValue == 1
            connection.answer(
                isFirst ? "" : "[{\"id\":1}]", status: isFirst ? 429 : 200,
                headers: isFirst ? ["Retry-After: 30"] : [])
        }
        let clock = VirtualClock()
        let resilient = ResilientSource(try source(server), policy: ResiliencePolicy(), clock: clock)
        let task = Task { try await resilient.fetch("select id from people") }
        let pause = VirtualClock.Instant(offset: .seconds(30))
        while !clock.deadlines.contains(pause) { try await Task.sleep(for: .milliseconds(1)) }
        #expect(count.load(ordering: .relaxed) == 1)
        clock.advance(to: pause)
        #expect(try await task.value.rowCount == 1)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[{\"id\":1}]", true),
        ("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n[{\"id\":1}]", false),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"id", true), ("", true),
        ("\u{0}\u{1}rubbish\r\n\r\n", true),
    ])
    func anAnswerThatIsCutOffOrLiesGivesNoRows(_ text: String, _ mayPass: Bool) async throws {
        let server = try OddServer { $0.write(text) }
        let error = await refusal(of: try source(server))
        #expect((error?.outlook != .lasting) == mayPass, "\(error?.message ?? "")")
    }

    @Test func aServerThatSaysNothingIsGivenUpAtTheTimeout() async throws {
        let server = try OddServer { _ in sleep(2) }
        let error = await refusal(of: try source(server), limits: FetchLimits(timeout: .milliseconds(300)))
        #expect(error?.kind == .sourceFailed && error?.outlook == .passing())
    }

    @Test(arguments: [
        ("<html>", "no JSON"), ("{\"rows\": 1}", "a number, not an array"), ("{}", "'rows' in the answer is not there"),
        ("{\"rows\": [1]}", "a number where an object belongs"), ("{\"rows\": [{\"a\":1,\"a\":2}]}", "no JSON"),
        ("{\"rows\": []}", "no columns are known"), ("{\"rows\": [{\"A\":1,\"a\":2}]}", "differ only in case"),
    ])
    func wrongJSONIsRefusedWithWhatIsWrong(_ body: String, _ words: String) async throws {
        let server = try OddServer { $0.answer(body) }
        let error = await refusal(of: try source(server, rows: ["rows"]))
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.outlook == .lasting)
    }

    @Test func objectsWithDifferentMembersBecomeOneTable() async throws {
        let body = """
            [{"id": 1, "score": 2}, {"id": 2, "score": 2.5, "tags": ["a", 1]}, {"mixed": "x", "id": 3},
             {"id": 4, "mixed": 7, "none": null, "flag": true}]
            """
        let server = try OddServer { $0.answer(body) }
        let table = try await source(server).fetch("select id, score, tags, mixed, none, flag from people")
        #expect(table.columns.map(\.type) == [.integer, .number, .string, .string, .number, .boolean])
        #expect(table.row(1) == [.integer(2), .number(2.5), .string("[\"a\",1]"), .missing, .missing, .missing])
        #expect(table.row(3) == [.integer(4), .missing, .missing, .string("7"), .missing, .boolean(true)])
    }

    @Test func declaredColumnsAreThereWithoutRowsAndAreHeldToTheirTypes() async throws {
        let columns: [(name: String, type: ColumnType)] = [("id", .integer), ("name", .string)]
        let empty = try OddServer { $0.answer("[]") }
        let table = try await source(empty, columns: columns).fetch("select * from people")
        #expect(table.names == ["id", "name"] && table.rowCount == 0)
        let odd = try OddServer { $0.answer("[{\"id\":\"x\",\"name\":7,\"more\":1}]") }
        #expect(await refusal(of: try source(odd, columns: columns))?.kind == .wrongType)
    }

    @Test(arguments: [
        "ftp://host/", "https://ada:secret@host/", "nothing", "https://host/?a=b", "http://host.example/", "",
    ])
    func anAddressThatWillNotDoIsRefusedWithoutBeingShown(_ address: String) {
        let error = #expect(throws: DataError.self) {
            try HTTPSource(name: "crm", address: address, token: Self.token, tables: [])
        }
        #expect(error?.kind == .unreadable)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func aTokenThatNoHeaderTakesIsRefused() {
        #expect(throws: DataError.self) {
            try HTTPSource(name: "crm", address: "https://host/", token: "a\r\nX: y", tables: [])
        }
    }
}
