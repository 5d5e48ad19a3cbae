import CPostgreSQL
import Foundation
import SlipwayData
import SlipwaySQL

/// The connections to a store: opened when they are needed, up to a number, and kept for the next who needs one.
final class SessionPool: Sendable {
    /// The address, and how it is told to people.
    let address: StoreAddress
    private let options: PostgreSQLDatabase.Options
    private let functions: PGFunctions
    /// The statements that every connection begins with.
    ///
    /// A server that looks whether its client is still there ends what a killed process began, with its lock.
    private let settings: String
    private let condition = NSCondition()
    // Safe because they are touched only while the condition is locked.
    nonisolated(unsafe) private var idle: [Session] = []
    nonisolated(unsafe) private var takenCount = 0

    init(_ address: StoreAddress, schema: String, options: PostgreSQLDatabase.Options, functions: PGFunctions) {
        self.address = address
        self.options = options
        self.functions = functions
        func milliseconds(_ duration: Duration) -> Int { max(1, Int(duration / .milliseconds(1))) }
        settings = """
            set search_path to \(SQLText.name(schema)); set datestyle to iso; set timezone to 'UTC';
            set extra_float_digits to 1; set client_min_messages to warning; set synchronous_commit to on;
            set lock_timeout to \(milliseconds(options.lockTimeout));
            set statement_timeout to \(milliseconds(options.statementTimeout));
            set idle_in_transaction_session_timeout to \(milliseconds(options.idleTimeout));
            select set_config('client_connection_check_interval', '1000', false)
                where current_setting('server_version_num')::int >= 140000
            """
    }

    /// Runs work on a connection of its own.
    ///
    /// A kept connection may have been lost since: where the first statement says so, it is run on a new one.
    ///
    /// - Parameters:
    ///   - begin: What the work starts with, which changes nothing when it is done twice.
    ///   - work: What follows.
    /// - Throws: ``SQLError``, or what the work throws.
    func run<Begun, Result>(
        until deadline: ContinuousClock.Instant?, begin: (Session) throws(SQLError) -> Begun,
        work: (Session, Begun) throws -> Result
    ) throws -> Result {
        let deadline = deadline ?? .now + options.statementTimeout
        var (session, isKept) = try take(until: deadline)
        defer { give(session) }
        session.connection.deadline = deadline
        let started = ContinuousClock.now
        let begun: Begun
        do throws(SQLError) {
            begun = try begin(session)
        } catch {
            // A server that says nothing for so long on one connection may have lost them all.
            let isSilent = error.kind == .interrupted && started.duration(to: .now) > options.connectTimeout
            if isKept, isSilent || error.kind == .unreachable { closeIdle() }
            guard isKept, error.kind == .unreachable else { throw error }
            (session, isKept) = (try open(until: deadline), false)
            begun = try begin(session)
        }
        return try work(session, begun)
    }

    /// Takes a kept connection or opens one; waits for one where there are as many as there may be.
    private func take(until deadline: ContinuousClock.Instant) throws(SQLError) -> (session: Session, isKept: Bool) {
        condition.lock()
        while takenCount == options.connectionCountMax {
            let seconds = (deadline - .now) / .seconds(1)
            guard seconds > 0, condition.wait(until: Date(timeIntervalSinceNow: seconds)) else {
                condition.unlock()
                throw SQLError(
                    .interrupted,
                    "all \(options.connectionCountMax) connections to the store '\(address.place)' are busy",
                    hint: "Try again later.")
            }
        }
        takenCount += 1
        let kept = idle.popLast()
        condition.unlock()
        if let kept { return (kept, true) }
        do throws(SQLError) {
            return (try open(until: deadline), false)
        } catch {
            release(nil)
            throw error
        }
    }

    private func closeIdle() {
        condition.lock()
        let closed = idle
        idle = []
        condition.unlock()
        // Their ends are written outside of the lock.
        withExtendedLifetime(closed) {}
    }

    private func give(_ session: Session) {
        // One that is in the middle of something is closed, which rolls back what it did.
        release(session.isIdle ? session : nil)
    }

    private func release(_ session: Session?) {
        condition.lock()
        takenCount -= 1
        if let session { idle.append(session) }
        condition.signal()
        condition.unlock()
    }

    private func open(until deadline: ContinuousClock.Instant) throws(SQLError) -> Session {
        do {
            let connection = try Connection(
                to: address.text, until: min(deadline, .now + options.connectTimeout), functions: functions)
            try connection.runScript(settings)
            connection.deadline = deadline
            return Session(connection, place: address.place)
        } catch .timedOut {
            throw SQLError(.lost("it did not answer within \(options.connectTimeout)"), store: address.place)
        } catch {
            throw SQLError(error, store: address.place)
        }
    }
}
