import SlipwayConnectors
import SlipwayData
import SlipwaySQL
import SlipwayTesting
import Synchronization
import Testing

/// The suite of claims against sources that are known to be wrong.
struct DataSourceConformanceTests {
    @Test func everyClaimSeesAFaultAndEveryFaultIsSeen() async throws {
        let folder = try TemporaryFolder()
        let source = SQLiteSource(name: "warehouse", path: folder.path("warehouse.db"))
        try SQLiteDatabase(path: source.path).writePeople()
        let spots = await ConformanceClaim.blindSpots(of: DataSourceConformance.claims) {
            (fault: FaultySource.Fault) in FaultySource(fault, base: source)
        }
        #expect(spots == [])
    }
}

extension SQLiteDatabase {
    /// Makes the table that the suite of claims asks for.
    func writePeople() throws {
        let people = try DataSourceConformance.people()
        try write { connection in
            try connection.execute(
                "create table people (id bigint, name varchar(80), height double precision, member boolean, note text)")
            try connection.execute(
                "insert into people values ($1, $2, $3, $4, $5)", forEach: (0..<people.rowCount).map { people.row($0) })
        }
    }
}

/// A source with one thing wrong.
final class FaultySource: DataSource {
    /// What is wrong, in words of the claim that it breaks.
    enum Fault: String, CaseIterable {
        case readsNothingAsEmptyText = "missing cells"
        case turnsRowsRound = "a query selects"
        case dropsColumnsWithoutRows = "an empty result"
        case answersOneAtATime = "at the same time"
        case namesNoTable = "the tables that a source names"
        case countsOneRowTooMany = "at its row limit"
        case hidesWhatIsUnknown = "an unknown table"
        case mistakesTheReason = "an unknown column"
        case readsOneStatement = "two statements"
        case keepsOneOfTwoColumns = "two columns of one name"
        case answersNothingAsked = "no query at all"
        case cutsAtTheRowLimit = "over the row limit"
        case forgetsTheByteLimit = "over the byte limit"
        case answersWhatItHas = "a runaway query"
        case takesErrorsForNoRows = "a broken query"
        case passesOverWrites = "an attempt to write"
        case streamsAllAtOnce = "no more at a time"
        case streamsWithoutColumns = "a stream without rows"
        case holdsWhatIsLeft = "that nobody has any longer"
        case goesOnWhenStopped = "a stream that is stopped"
        case takesRowsOfAnySize = "a row larger than a batch"
        case asksLate = "before its first rows"
        case goesOnWhenGivenUp = "a fetch that is given up"
    }

    /// How long a source that answers one query at a time takes for it.
    private static let time = Duration.milliseconds(20)

    let name = "warehouse"
    let kind = "faulty"
    private let fault: Fault
    private let base: SQLiteSource
    private let isBusy = Mutex(false)
    private let held = Mutex<[any RowStream]>([])

    init(_ fault: Fault, base: SQLiteSource) {
        self.fault = fault
        self.base = base
    }

    func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        var limits = limits
        if fault == .streamsAllAtOnce { limits.rowCountMax = StreamLimits.rowCountMaxDefault }
        if fault == .takesRowsOfAnySize { limits.byteCountMax = StreamLimits.byteCountMaxDefault }
        do throws(DataError) {
            let stream = FaultyStream(fault, try await base.stream(query, limits: limits))
            if fault == .holdsWhatIsLeft { try hold(stream) }
            return stream
        } catch {
            guard fault == .asksLate else { throw error }
            return InMemoryStream(try Table(columns: []), limits: limits)
        }
    }

    func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        guard fault != .goesOnWhenGivenUp else {
            let work = Task.detached { [base] () async -> Result<Table, DataError> in
                do throws(DataError) {
                    return .success(try await base.fetch(query, limits: limits))
                } catch {
                    return .failure(error)
                }
            }
            return try await work.value.get()
        }
        if fault == .answersOneAtATime { try await wait() }
        do {
            return answer(try await base.fetch(asked(query), limits: kept(limits)))
        } catch {
            return try await answer(to: query, limits, insteadOf: error)
        }
    }

    func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        fault == .namesNoTable ? [] : try await base.tables(limits: limits)
    }

    /// Keeps a stream for ever, up to a number.
    private func hold(_ stream: any RowStream) throws(DataError) {
        let count = held.withLock { held in
            held.append(stream)
            return held.count
        }
        guard count < 30 else { throw DataError(.sourceFailed, "\(name) has no connection left") }
    }

    private func wait() async throws(DataError) {
        let wasBusy = isBusy.withLock { isBusy in
            defer { isBusy = true }
            return isBusy
        }
        guard !wasBusy else { throw DataError(.sourceFailed, "\(name) is busy") }
        try? await Task.sleep(for: Self.time)
        isBusy.withLock { $0 = false }
    }

    private func asked(_ query: String) -> String {
        switch fault {
        case .readsOneStatement: query.split(separator: ";").first.map(String.init) ?? query
        case .keepsOneOfTwoColumns: query.replacing("id, id", with: "id")
        case .answersNothingAsked where query == " ": "select 1 as one"
        default: query
        }
    }

    private func kept(_ limits: FetchLimits) -> FetchLimits {
        var limits = limits
        if fault == .countsOneRowTooMany { limits.rowCountMax -= 1 }
        if fault == .forgetsTheByteLimit { limits.byteCountMax = FetchLimits.byteCountMaxDefault }
        return limits
    }

    private func answer(_ table: Table) -> Table {
        switch fault {
        case .turnsRowsRound: table.selecting(rows: (0..<table.rowCount).reversed())
        case .dropsColumnsWithoutRows where table.rowCount == 0: (try? table.selecting(columns: [])) ?? table
        case .readsNothingAsEmptyText:
            (try? Table(columns: table.columns.map { Column(name: $0.name, values: $0.values) })) ?? table
        default: table
        }
    }

    private func answer(
        to query: String, _ limits: FetchLimits, insteadOf error: DataError
    ) async throws(DataError) -> Table {
        switch (fault, error.kind) {
        case (.hidesWhatIsUnknown, .unreadable): throw DataError(.unreadable, "\(name) has no such table")
        case (.mistakesTheReason, .missingColumn): throw DataError(.sourceFailed, error.message)
        case (.cutsAtTheRowLimit, .limitExceeded):
            let all = try await base.fetch(query)
            return all.selecting(rows: Array(0..<min(all.rowCount, limits.rowCountMax)))
        case (.answersWhatItHas, .sourceFailed) where error.message.contains("did not finish"):
            return try Table(columns: [])
        case (.takesErrorsForNoRows, .sourceFailed): return try Table(columns: [])
        case (.passesOverWrites, .sourceFailed) where !query.hasPrefix("sel"): return try Table(columns: [])
        default: throw error
        }
    }
}

/// A stream with one thing wrong.
private final class FaultyStream: RowStream {
    let timeout: Duration
    private let fault: FaultySource.Fault
    private let base: any RowStream

    init(_ fault: FaultySource.Fault, _ base: any RowStream) {
        self.fault = fault
        self.base = base
        timeout = base.timeout
    }

    var columns: Table {
        fault == .streamsWithoutColumns ? (try? base.columns.selecting(columns: [])) ?? base.columns : base.columns
    }

    func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? { try base.next(until: deadline) }

    func stop() { if fault != .goesOnWhenStopped { base.stop() } }
}
