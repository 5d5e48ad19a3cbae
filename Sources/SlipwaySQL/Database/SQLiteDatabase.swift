import Foundation
import GRDB
import GRDBSQLite
public import SlipwayData
import Synchronization

/// An SQLite store: many readers at once, one writer, each in a transaction.
///
/// Reads see one unchanging state of the store from their first statement on, also while another process writes. Calls
/// block their thread; a call from inside the closure of another one is a programming error and traps. A file that
/// takes the place of the store's, as a restored backup does, is opened at the next call.
public final class SQLiteDatabase: SQLDatabase {
    /// The path, or `:memory:`.
    public let path: String
    /// The path.
    public var place: String { path }
    /// A file of this machine.
    public var isRemote: Bool { false }
    private let options: Options
    private let opened: Mutex<Opened>

    /// The open store, and which file it is; `nil` in memory.
    private struct Opened {
        var writer: any DatabaseWriter
        var file: FileIdentity?
    }

    /// The readers that a store serves at once.
    private static let readerCountMax = 8

    /// Opens a store, made with its folder if it is not there.
    ///
    /// - Throws: ``SQLError``: kind `unreadable`, `corrupt`, `locked`, or `readOnly`.
    public init(path: String, options: Options = Options()) throws(SQLError) {
        self.path = path
        self.options = options
        opened = Mutex(try SQLiteDatabase.open(path, options))
    }

    /// Opens an empty store in memory, seen by this value alone and gone with it.
    ///
    /// - Throws: ``SQLError`` when memory runs out.
    public init(inMemory name: String) throws(SQLError) {
        path = ":memory:"
        options = Options()
        let queue = try SQLError.wrapping(name) {
            try DatabaseQueue(configuration: SQLiteDatabase.configuration(Options()))
        }
        opened = Mutex(Opened(writer: queue, file: nil))
    }

    /// Reads from the store; every statement of the closure sees the same state.
    ///
    /// - Parameter deadline: When a statement that still runs is interrupted; `nil` lets it finish.
    /// - Throws: ``SQLError``, or what the closure throws.
    public func read<T>(
        until deadline: ContinuousClock.Instant? = nil, _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        do {
            return try current().read { database in
                try SQLiteDatabase.interrupting(database, at: deadline) {
                    try body(SQLiteConnection(store: path, database: database))
                }
            }
        } catch {
            throw SQLError.translating(error, store: path)
        }
    }

    /// Writes to the store; all of it is kept, or nothing when the closure throws.
    ///
    /// The write lock is taken at the start, after waiting up to the busy timeout.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    @discardableResult
    public func write<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        do {
            return try current().writeWithoutTransaction { database in
                var result: T?
                try database.inTransaction(.immediate) {
                    result = try body(SQLiteConnection(store: path, database: database))
                    return .commit
                }
                guard let result else { throw SQLError(.failed, "the transaction did not run") }
                return result
            }
        } catch {
            throw SQLError.translating(error, store: path)
        }
    }

    /// The rows of one query.
    ///
    /// A statement sees one state by itself, so on a connection that only reads it goes without a transaction around
    /// it, whose begin and end cost as much as finding a row by its key.
    ///
    /// - Throws: ``SQLError``.
    public func query(
        _ sql: String, _ values: [Value], until deadline: ContinuousClock.Instant?
    ) throws(SQLError) -> [SQLRow] {
        try SQLError.wrapping(path) {
            guard let pool = try current() as? DatabasePool else {
                return try read(until: deadline) { try $0.query(sql, values) }
            }
            return try pool.unsafeRead { database in
                try SQLiteDatabase.interrupting(database, at: deadline) {
                    try SQLiteConnection(store: path, database: database).query(sql, values)
                }
            }
        }
    }

    /// The rows of a query, some at a time, of a store that was opened for reading or is in memory.
    ///
    /// - Throws: ``SQLError``, as ``SQLiteRows`` says; kind `failed` for a store that is opened for writing.
    package func rows(
        of query: String, limits: StreamLimits, sample: SQLiteRows.Sample = .batch,
        until deadline: ContinuousClock.Instant, unless stopSwitch: StopSwitch = StopSwitch()
    ) throws(SQLError) -> SQLiteRows {
        guard let queue = try current() as? DatabaseQueue else {
            throw SQLError(.failed, "the store '\(path)' is opened for writing, and gives no rows some at a time")
        }
        return try SQLiteRows(
            of: query, on: queue, store: path, limits: limits, sample: sample, until: deadline, unless: stopSwitch)
    }

    /// The store as it stands at its path now.
    ///
    /// SQLite goes on with the file that it opened, also when that was removed or replaced: what others write is then
    /// never seen here, and what is written here is lost.
    private func current() throws(SQLError) -> any DatabaseWriter {
        try opened.withLock { opened throws(SQLError) in
            guard let file = opened.file else { return opened.writer }
            switch FileIdentity.look(at: path) {
            case .found(file), .unknown: break
            case .found: opened = try SQLiteDatabase.open(path, options)
            case .nothing:
                throw SQLError(
                    .unreadable, "the file of the store '\(path)' was removed while it was in use",
                    hint: "Put it back, from a backup if need be; it is taken into use at once.")
            }
            return opened.writer
        }
    }

    private static func open(_ path: String, _ options: Options) throws(SQLError) -> Opened {
        let writer: any DatabaseWriter
        if options.isReadOnly {
            try requireFile(path)
            writer = try SQLError.wrapping(path) {
                let queue = try DatabaseQueue(path: path, configuration: configuration(options))
                // SQLite opens any file; only a read tells whether it is a database.
                try queue.read { _ = try Int.fetchOne($0, sql: "select count(*) from sqlite_master") }
                return queue
            }
        } else {
            try makeFolder(of: path)
            writer = try waiting(options.busyTimeout) { () throws(SQLError) in
                try SQLError.wrapping(path) {
                    let pool = try DatabasePool(path: path, configuration: configuration(options))
                    let level = options.durability == .survivesPowerCut ? "full" : "normal"
                    try pool.writeWithoutTransaction { try $0.execute(sql: "pragma synchronous = \(level)") }
                    return pool
                }
            }
        }
        guard case .found(let file) = FileIdentity.look(at: path) else { return Opened(writer: writer, file: nil) }
        return Opened(writer: writer, file: file)
    }

    /// Opens again while the store is locked, up to a time.
    ///
    /// Of two processes that open a fresh store at once, SQLite refuses one without waiting, because both change the
    /// journal mode.
    private static func waiting<T>(_ patience: Duration, _ open: () throws(SQLError) -> T) throws(SQLError) -> T {
        let deadline = ContinuousClock.now + patience
        while true {
            do throws(SQLError) {
                return try open()
            } catch {
                guard error.kind == .locked, ContinuousClock.now < deadline else { throw error }
                Thread.sleep(forTimeInterval: openingPause)
            }
        }
    }

    /// The pause between two attempts to open a store, in seconds.
    private static let openingPause = 0.01

    private static func configuration(_ options: Options) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = options.isReadOnly
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = readerCountMax
        configuration.busyMode = .timeout(options.busyTimeout / .seconds(1))
        return configuration
    }

    private static func makeFolder(of path: String) throws(SQLError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw SQLError(
                .unreadable, "the folder '\(folder.path)' of the store cannot be made: \(error.localizedDescription)")
        }
    }

    private static func requireFile(_ path: String) throws(SQLError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw SQLError(
                .unreadable, "there is no database '\(path)'",
                hint: "Check the path; it is taken from the project folder.")
        }
    }

    /// When the statements of a connection stop.
    private struct Bound {
        let deadline: ContinuousClock.Instant
        let stopSwitch: StopSwitch?
    }

    /// Runs work on a connection whose statements stop at the deadline, or when they are stopped.
    static func interrupting<T>(
        _ database: Database, at deadline: ContinuousClock.Instant?, unless stopSwitch: StopSwitch? = nil,
        _ work: () throws -> T
    ) throws -> T {
        guard let deadline else { return try work() }
        return try withUnsafePointer(to: Bound(deadline: deadline, stopSwitch: stopSwitch)) { pointer in
            sqlite3_progress_handler(
                database.sqliteConnection, instructionsBetweenChecks,
                { context in
                    guard let bound = context?.assumingMemoryBound(to: Bound.self) else { return 0 }
                    return bound.pointee.deadline < .now || bound.pointee.stopSwitch?.isOn ?? false ? 1 : 0
                },
                UnsafeMutableRawPointer(mutating: pointer))
            // The pointer dies with this closure, so the handler must go first.
            defer { sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil) }
            return try work()
        }
    }

    /// The steps of SQLite's virtual machine between two looks at the clock; about a tenth of a millisecond.
    private static let instructionsBetweenChecks: CInt = 4_000
}
