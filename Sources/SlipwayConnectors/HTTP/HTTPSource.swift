import Foundation
import FoundationNetworking
public import SlipwayData

/// A data source whose tables are lists of objects that an API gives as JSON.
///
/// A query in SQLite's dialect runs over the tables that it names, which are fetched with GET, page by page, into
/// memory. A token goes to the API's own host alone, and no page is taken from another one.
public struct HTTPSource: DataSource {
    /// The name that the project gives the source.
    public let name: String
    private let address: URL
    private let token: String?
    private let tables: [HTTPTable]
    private let limits: HTTPLimits

    /// Makes a source; nothing is asked yet.
    ///
    /// - Parameters:
    ///   - address: The address below which the tables' paths are: `https`, or `http` where no token is sent or the
    ///     host is this machine.
    ///   - token: What is sent as a bearer token; it is never shown.
    /// - Throws: ``DataError`` of kind `unreadable` for an address that will not do.
    public init(
        name: String, address: String, token: String?, tables: [HTTPTable], limits: HTTPLimits = HTTPLimits()
    ) throws(DataError) {
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), let host = url.host(),
            ["http", "https"].contains(scheme), url.user() == nil, url.password() == nil, url.query() == nil
        else {
            throw DataError(
                .unreadable, "the url is none of an API",
                hint: "Write https://host/path, without a user, and the token as token: ${NAME}."
            ).naming(source: name)
        }
        guard scheme == "https" || token == nil || ["127.0.0.1", "localhost", "::1"].contains(host) else {
            throw DataError(
                .unreadable, "the token would travel in clear to \(host)", hint: "Write the url with https://."
            ).naming(source: name)
        }
        guard token?.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) ?? true else {
            throw DataError(.unreadable, "the token holds a character that no header takes").naming(source: name)
        }
        self.name = name
        self.address = url
        self.token = token
        self.tables = tables
        self.limits = limits
    }

    /// The type in the project file.
    public var kind: String { "http" }

    /// Starts to answer a query in SQLite's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/stream(_:limits:)`` says.
    /// - Complexity: O(rows of the named tables), which are held in memory as long as the stream.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        let deadline = ContinuousClock.now + limits.timeout
        return try await onDemand.stream(query, limits: limits) { (table) async throws(DataError) in
            try await rows(of: table, until: deadline)
        }
    }

    /// Answers a query in SQLite's dialect; computed columns have types that fit all rows.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let deadline = ContinuousClock.now + limits.timeout
        return try await onDemand.fetch(query, limits: limits) { (table) async throws(DataError) in
            try await rows(of: table, until: deadline)
        }
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as ``DataSource/tables(limits:)`` says.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        tables.map(\.name).sorted().map { SourceTable(name: $0) }
    }

    private var onDemand: TablesOnDemand {
        let names = tables.map(\.name)
        return TablesOnDemand(
            source: name, tableNames: names, hint: "The source has \(names.joined(separator: ", ")).")
    }

    private func rows(of table: String, until deadline: ContinuousClock.Instant) async throws(DataError) -> Table {
        guard let table = tables.first(where: { $0.name == table }) else {
            throw DataError(.unreadable, "there is no table '\(table)'")
        }
        return try await rows(of: table, until: deadline)
    }

    private func rows(
        of table: HTTPTable, until deadline: ContinuousClock.Instant
    ) async throws(DataError) -> Table {
        // The limits of a fetch are for the rows of its answer, not for those that it is made of.
        var gathered = JSONRows(columns: table.columns, limits: FetchLimits())
        var turner = try PageTurner(table, below: address)
        while let url = turner.next {
            guard turner.pageCount < limits.pageCountMax else {
                throw DataError(
                    .limitExceeded, "table '\(table.name)' has more than \(limits.pageCountMax) pages",
                    hint: "Narrow its path, or raise max_pages.")
            }
            do {
                let page = try await page(at: url, until: deadline)
                let rows = try page.rows(at: table.rows)
                try gathered.add(rows)
                try turner.turn(page, rowCount: rows.count)
            } catch {
                var error = error
                // The parameters of an address may hold what nobody else is to see.
                error.message = "GET \(url.path()), page \(turner.pageCount + 1) of '\(table.name)': \(error.message)"
                throw error
            }
        }
        return try gathered.table(named: table.name)
    }

    private func page(at url: URL, until deadline: ContinuousClock.Instant) async throws(DataError) -> HTTPPage {
        let left = deadline - .now
        guard left > .zero else { throw DataError(.sourceFailed, "the time is over", outlook: .passing()) }
        var request = URLRequest(url: url, timeoutInterval: left / .seconds(1))
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let exchange = BoundedExchange(byteCountMax: limits.answerByteCountMax, patience: left)
        do {
            let (body, response) = try await exchange.answer(to: request)
            return try HTTPPage(body, response, byteCountMax: limits.answerByteCountMax)
        } catch {
            // That a server is away or slow is a failure of the source; the table may well be there.
            let kind = error.kind == .unreadable && error.outlook != .lasting ? .sourceFailed : error.kind
            throw DataError(kind, error.message, hint: error.hint, outlook: error.outlook)
        }
    }
}
