import CPostgreSQL
import SlipwayData

extension Connection {
    /// Runs several statements without values, separated by semicolons.
    ///
    /// - Throws: ``ServerProblem``, of the first that fails.
    func runScript(_ statements: String) throws(ServerProblem) {
        guard functions.sendQuery(handle, statements) == 1 else { throw lost }
        _ = try lastAnswer()
    }

    /// Has the server plan a statement under a name.
    func prepare(_ statement: String, as name: String) throws(ServerProblem) {
        guard functions.sendPrepare(handle, name, statement, 0, nil) == 1 else { throw lost }
        _ = try lastAnswer()
    }

    /// Runs a planned statement with values in the form of texts, `nil` for NULL.
    func runPrepared(_ name: String, _ values: [String?]) throws(ServerProblem) -> Answer {
        let sent = Self.withTexts(values) { texts in
            functions.sendQueryPrepared(handle, name, Int32(values.count), texts, nil, nil, 0)
        }
        guard sent == 1 else { throw lost }
        return try lastAnswer()
    }

    /// Starts a statement whose rows come one by one, so that no more of them are held than are looked at.
    func begin(_ statement: String) throws(ServerProblem) {
        guard functions.sendQueryParams(handle, statement, 0, nil, nil, nil, nil, 0) == 1,
            functions.setSingleRowMode(handle) == 1
        else { throw lost }
        try flush()
    }

    /// The next row of the statement that was started; behind the last one an answer without rows, which has the
    /// columns.
    func nextRow() throws(ServerProblem) -> Answer {
        guard let result = try nextResult() else { throw lost }
        let answer = Answer(result, functions)
        if let problem = answer.problem { throw problem }
        if answer.rowCount == 0 { while let result = try nextResult() { functions.clear(result) } }
        return answer
    }

    /// Runs a `copy … from stdin` with pieces of its text form.
    func copy(_ statement: String, pieces: some Sequence<[UInt8]>) throws(ServerProblem) {
        guard functions.sendQuery(handle, statement) == 1 else { throw lost }
        guard try lastAnswer().takesRows else { throw .lost("the server takes no rows") }
        for piece in pieces { try send(piece) }
        while functions.putCopyEnd(handle, nil) == 0 { try flush() }
        _ = try lastAnswer()
    }

    /// Whether a transaction is open, is to be rolled back after an error, or neither.
    var transactionStatus: Int { Int(functions.transactionStatus(handle)) }

    private func send(_ piece: [UInt8]) throws(ServerProblem) {
        while true {
            let status = piece.withUnsafeBytes { bytes in
                functions.putCopyData(
                    handle, bytes.bindMemory(to: CChar.self).baseAddress ?? UnsafePointer(Self.nothing),
                    Int32(clamping: bytes.count))
            }
            switch status {
            case 1: return try flush()
            // There is no room for it before some of what came earlier is sent.
            case 0: try flush()
            default: throw lost
            }
        }
    }

    // Safe because nothing is ever written to it.
    nonisolated(unsafe) private static let nothing = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
}
