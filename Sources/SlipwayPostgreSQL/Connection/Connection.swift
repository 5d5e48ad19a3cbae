import CPostgreSQL
import Foundation
import SlipwayData

/// A connection to a PostgreSQL server, for one thread at a time, that never waits past a deadline.
///
/// What runs on the server when the deadline passes is told to nobody: libpq's message to stop it waits for an answer
/// without any limit. Whoever asks sets a limit of the server's own.
final class Connection {
    /// The name by which the server's own views show the connection.
    static let applicationName = "slipway"
    /// After how many seconds a peer that is gone without a word is given up, and after how many milliseconds one that
    /// takes nothing is.
    private static let keepalive = [
        ("keepalives_idle", "15"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "20000"),
    ]

    let functions: PGFunctions
    let handle: OpaquePointer
    /// Past which nothing on this connection waits; whoever keeps the connection moves it on.
    var deadline: ContinuousClock.Instant
    private let stopSwitch: StopSwitch

    /// The longest that a wait goes on once nobody wants its end, in milliseconds.
    private static let lookPause = 50.0

    /// Connects.
    ///
    /// - Parameters:
    ///   - address: A connection URI or keywords and values, as "Connection Strings" in libpq's manual says.
    ///   - stopSwitch: Ends every wait, from any thread.
    /// - Throws: ``ServerProblem``.
    init(
        to address: String, until deadline: ContinuousClock.Instant, unless stopSwitch: StopSwitch = StopSwitch(),
        functions: PGFunctions
    ) throws(ServerProblem) {
        try Self.check(address, functions)
        self.stopSwitch = stopSwitch
        self.functions = functions
        self.deadline = deadline
        // What stands last counts, so the address may set these times otherwise.
        let options =
            Self.keepalive + [
                ("client_encoding", "UTF8"), ("fallback_application_name", Self.applicationName), ("dbname", address),
            ]
        let opened = Self.withTexts(options.map(\.0)) { keywords in
            Self.withTexts(options.map(\.1)) { values in
                functions.connectStartParams(keywords, values, 1)
            }
        }
        guard let opened else { throw .lost("there is no memory for a connection") }
        handle = opened
        _ = functions.setNoticeProcessor(handle, pgIgnoreNotice, nil)
        // What the library says of a refused connection then has the server's SQLSTATE in it.
        _ = functions.setErrorVerbosity(handle, Int32(PG_ERRORS_VERBOSE))
        try connect()
    }

    deinit { functions.finish(handle) }

    /// Runs one statement.
    ///
    /// - Returns: Its result.
    /// - Throws: ``ServerProblem``.
    func run(_ statement: String) throws(ServerProblem) -> Answer {
        guard functions.sendQueryParams(handle, statement, 0, nil, nil, nil, nil, 0) == 1 else { throw lost }
        return try lastAnswer()
    }

    /// Sends what is still to be sent, and reads all results.
    ///
    /// - Returns: The last of them.
    /// - Throws: ``ServerProblem``, the first that one of them says.
    func lastAnswer() throws(ServerProblem) -> Answer {
        try flush()
        var last: Answer?
        while let result = try nextResult() {
            // Of the results of one statement the first that failed counts, and else the last.
            if last?.problem == nil { last = Answer(result, functions) } else { functions.clear(result) }
            // A server that waits for rows to be copied has no further result until they came.
            if last?.takesRows ?? false { break }
        }
        guard let last else { throw lost }
        if let problem = last.problem { throw problem }
        return last
    }

    /// Sends what waits to be sent, reading meanwhile what the server says, as it would wait else for that to be read.
    func flush() throws(ServerProblem) {
        while true {
            switch functions.flush(handle) {
            case 0: return
            case 1:
                try wait(for: POLLIN | POLLOUT)
                guard functions.consumeInput(handle) == 1 else { throw lost }
            default: throw lost
            }
        }
    }

    private func connect() throws(ServerProblem) {
        var state = PG_POLLING_WRITING
        while state != PG_POLLING_OK {
            guard state != PG_POLLING_FAILED, functions.status(handle) != Int32(PG_CONNECTION_BAD) else { throw lost }
            try wait(for: state == PG_POLLING_READING ? POLLIN : POLLOUT)
            state = Int(functions.connectPoll(handle))
        }
        guard functions.setnonblocking(handle, 1) == 0 else { throw lost }
    }

    func nextResult() throws(ServerProblem) -> OpaquePointer? {
        while functions.isBusy(handle) == 1 {
            try wait(for: POLLIN)
            guard functions.consumeInput(handle) == 1 else { throw lost }
        }
        return functions.getResult(handle)
    }

    /// Waits until the socket can be read or written.
    ///
    /// - Throws: ``ServerProblem/timedOut`` at the deadline, or when it is stopped.
    func wait(for events: Int32) throws(ServerProblem) {
        while true {
            let left = (deadline - .now) / .milliseconds(1)
            guard left > 0, !stopSwitch.isOn else { throw .timedOut }
            var descriptor = pollfd(fd: functions.socket(handle), events: Int16(events), revents: 0)
            let milliseconds = Int32(min(left.rounded(.up), Self.lookPause))
            switch poll(&descriptor, 1, milliseconds) {
            case 0: continue
            case -1 where errno == EINTR: continue
            case -1: throw .lost(String(cString: strerror(errno)))
            default: return
            }
        }
    }

    /// What the library says of a connection that is gone; never with a password.
    var lost: ServerProblem {
        let refusal = ConnectionRefusal(functions.errorMessage(handle).map { String(cString: $0) } ?? "")
        return .lost(refusal.message, state: refusal.state)
    }

    /// Refuses an address that the library cannot read; what it says of one may quote a password.
    private static func check(_ address: String, _ functions: PGFunctions) throws(ServerProblem) {
        var message: UnsafeMutablePointer<CChar>?
        let options = functions.conninfoParse(address, &message)
        functions.freemem(message)
        guard let options else { throw .badAddress }
        functions.conninfoFree(options)
    }

    /// Calls the body with C texts, ended by a null as the library wants lists; the pointers end with the call.
    static func withTexts<Result>(
        _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = texts.map { $0.flatMap { strdup($0) } }
        defer { copies.forEach { free($0) } }
        var pointers = copies.map { UnsafePointer($0) }
        pointers.append(nil)
        return body(&pointers)
    }
}
