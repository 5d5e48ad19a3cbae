import Foundation
import SlipwayData

/// The folder beside a result in which the parts of its job stand until they are put together.
///
/// A part is done when its record is there, which is written after its file is on the disk. Who works in the folder
/// holds its lock, which ends with the process.
final class PartFolder {
    /// The most bytes of a file of this folder that describes something.
    private static let byteCountMax = 1 << 20
    private static let jobName = "job.json"
    private static let lockName = ".lock"

    let path: String
    private let lock: Int32
    private let ending: String

    /// Makes the folder, or takes over one that no other process works in.
    ///
    /// - Parameter ending: That of the parts' files, which is the name of their format.
    /// - Throws: ``DataError`` of kind `unwritable`.
    init(_ path: String, ending: String) throws(DataError) {
        self.path = path
        self.ending = ending
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw DataError(
                .unwritable, "the folder '\(path)' cannot be made: \(error.localizedDescription)",
                hint: "Parts of the result stand there until it is whole.")
        }
        lock = open("\(path)/\(Self.lockName)", O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard lock >= 0 else { throw FileFailure.writing(path, errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            close(lock)
            throw DataError(.unwritable, "another process works on the parts in '\(path)'", hint: "Wait for its end.")
        }
    }

    deinit { close(lock) }

    /// The file of a part.
    func file(_ part: Int) -> String { "\(path)/\(Self.name(part)).\(ending)" }

    /// The list of rows of a part that were set aside.
    func list(_ part: Int) -> String { "\(path)/\(Self.name(part)).bad-rows.csv" }

    /// Takes up the parts of a job, or begins it.
    ///
    /// - Parameters:
    ///   - job: What the parts depend on.
    ///   - isResumed: Whether parts that are there are kept.
    /// - Returns: The parts that are done, from the first one on.
    /// - Throws: ``DataError`` of kind `malformed` for parts of another job, `unwritable`.
    func begin(_ job: JSONObject, isResumed: Bool) throws(DataError) -> [ScoredPart] {
        var done: [ScoredPart] = []
        if isResumed, let before = Self.read("\(path)/\(Self.jobName)") {
            try requireSame(job, as: before)
            while let part = part(done.count) { done.append(part) }
        }
        try clear(from: done.count)
        // Without it, what a killed job leaves belongs to no job that goes on.
        guard isResumed else { return done }
        try AtomicFile.write(Array(JSONValue.object(job).text(style: .indented).utf8), to: "\(path)/\(Self.jobName)")
        return done
    }

    /// Takes note of a part whose file is on the disk.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    func note(_ part: ScoredPart, number: Int) throws(DataError) {
        try AtomicFile.write(Array(part.json.text(style: .compact).utf8), to: record(number))
    }

    /// What is told of a part's file as it stands.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`.
    func look(at part: Int) throws(DataError) -> (byteCount: Int, digest: SHA256Digest) {
        (Self.byteCount(file(part)), try SHA256Digest(ofFile: file(part)))
    }

    /// Removes the folder.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    private static func name(_ part: Int) -> String {
        let digits = String(part)
        return "part-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    private func record(_ part: Int) -> String { "\(path)/\(Self.name(part)).json" }

    /// A part that is done and as it was; `nil` for another one, which is scored again.
    private func part(_ number: Int) -> ScoredPart? {
        guard let json = Self.read(record(number)), let part = ScoredPart(.object(json)),
            let (byteCount, digest) = try? look(at: number), (byteCount, digest) == (part.byteCount, part.digest)
        else { return nil }
        return part
    }

    private func requireSame(_ job: JSONObject, as before: JSONObject) throws(DataError) {
        let names = job.members.map(\.name) + before.members.map(\.name).filter { job[$0] == nil }
        guard let name = names.first(where: { job[$0] != before[$0] }) else { return }
        func text(_ job: JSONObject) -> String {
            job[name].map { String($0.text(style: .compact).prefix(200)) } ?? "absent"
        }
        throw DataError(
            .malformed,
            "the parts in '\(path)' are those of another job: its \(name) is \(text(before)), not \(text(job))",
            hint: "Remove the folder, or leave --resume out, to score all rows again.")
    }

    /// Removes what is there of parts from one on, and what a killed process left.
    private func clear(from first: Int) throws(DataError) {
        AtomicFile.sweep(beside: "\(path)/\(Self.jobName)")
        let kept = Set(
            [Self.lockName]
                + (0..<first).flatMap { [file($0), list($0), record($0)] }.map { ($0 as NSString).lastPathComponent })
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where !kept.contains(name) {
            do { try FileManager.default.removeItem(atPath: "\(path)/\(name)") } catch {
                throw DataError(.unwritable, "'\(path)/\(name)' cannot be removed")
            }
        }
    }

    private static func read(_ path: String) -> JSONObject? {
        guard let bytes = try? InputFile.bytes(of: path, byteCountMax: byteCountMax),
            case .object(let json)? = try? JSONValue(parsing: bytes)
        else { return nil }
        return json
    }

    static func byteCount(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
}
