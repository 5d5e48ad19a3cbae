import Testing

/// A strict reader of the Prometheus text format, version 0.0.4, for what one server may write.
///
/// Every sample stands under the `HELP` and `TYPE` of its family, no family or series comes twice, and every value
/// is a number.
struct Exposition {
    struct Sample {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    struct Malformed: Error {
        var line: String
    }

    private(set) var samples: [Sample] = []
    private var types: [String: String] = [:]
    private var helped: Set<String> = []
    private var series: Set<String> = []

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Malformed(line: "the text does not end with a line end") }
        var family = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            if line.hasPrefix("# HELP ") {
                guard words.count == 4, helped.insert(words[2]).inserted else { throw Malformed(line: "\(line)") }
                family = words[2]
            } else if line.hasPrefix("# TYPE ") {
                guard words.count == 4, words[2] == family, types.updateValue(words[3], forKey: family) == nil,
                    ["counter", "gauge", "histogram"].contains(words[3])
                else { throw Malformed(line: "\(line)") }
            } else {
                try add(String(line), under: family)
            }
        }
    }

    private mutating func add(_ line: String, under family: String) throws {
        let pattern = /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(.*)\})? (\S+)/
        guard let match = line.wholeMatch(of: pattern), let value = Double(match.4) else { throw Malformed(line: line) }
        let name = String(match.1)
        let ending = types[family] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard ending.contains(where: { name == family + $0 }), series.insert("\(name)\(match.2 ?? "")").inserted else {
            throw Malformed(line: line)
        }
        samples.append(Sample(name: name, labels: try labels(String(match.3 ?? ""), line), value: value))
    }

    private func labels(_ text: String, _ line: String) throws -> [String: String] {
        var labels: [String: String] = [:]
        var rest = text[...]
        while !rest.isEmpty {
            guard let match = rest.prefixMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(,|$)/),
                labels.updateValue(String(match.2), forKey: String(match.1)) == nil
            else { throw Malformed(line: line) }
            rest = rest[match.range.upperBound...]
        }
        return labels
    }
}
