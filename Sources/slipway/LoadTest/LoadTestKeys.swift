import ArgumentParser
import Foundation
import SlipwayData

/// The keys that a load test asks for, each in the query of a request.
struct LoadTestKeys {
    /// The most different keys of one test.
    static let countMax = 200_000

    /// The paths that are asked for.
    let paths: [String]
    /// Where the keys come from, as people read it.
    let source: String

    /// Reads what `--keys` says: whole numbers as `1..1000000`, which are drawn at random, or a file with the key among
    /// its columns, which is read from its start.
    ///
    /// - Throws: ``DataError`` for a model that nothing is looked up for, and for keys that are none.
    init(_ text: String, of subject: LoadTestSubject) throws {
        guard let name = subject.lookUpKey else {
            throw DataError(
                .missingColumn, "\(subject.model) has no feature view, so there is no key to look up by",
                hint: "Leave --keys out.")
        }
        let keys: [String]
        if let range = Self.range(text) {
            var random = SplitMix64(seed: RandomRows.seed)
            let span = UInt64(range.upperBound - range.lowerBound) + 1
            keys = (0..<min(Self.countMax, Int(clamping: span))).map { _ in
                String(range.lowerBound + Int64(random.next() % span))
            }
            source = "random keys from \(text), seed \(RandomRows.seed)"
        } else {
            let table = try RowsFile(path: text).table()
            guard let column = table[name] else {
                throw DataError(.missingColumn, "'\(text)' has no column '\(name)'")
            }
            keys = (0..<min(Self.countMax, column.count)).map { column[$0].text }
            source = text
        }
        guard !keys.isEmpty else { throw DataError(.malformed, "'\(text)' holds no keys") }
        let prefix = "\(subject.path)?\(Self.escaped(name))="
        paths = keys.map { prefix + Self.escaped($0) }
    }

    /// The whole numbers from one to another; `nil` for the name of a file.
    private static func range(_ text: String) -> ClosedRange<Int64>? {
        let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Int64($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 0, first <= last, last < .max else {
            return nil
        }
        return first...last
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
