import SlipwayData

/// How a server stands to every point of the Open Inference Protocol.
struct ConformanceReport: Sendable {
    /// The points with what was found, in the order in which they were tried.
    private(set) var findings: [(point: ConformancePoint, finding: ConformancePoint.Finding)] = []

    /// Holds a server to all points.
    init(_ target: ConformanceTarget) async {
        for point in ConformancePoint.all { findings.append((point, await point.find(target))) }
    }

    /// Whether no claim of the specification or of an announced extension is broken; conventions are none.
    var isConformant: Bool {
        !findings.contains { point, finding in
            if case .failed = finding { point.source != .convention } else { false }
        }
    }

    /// The counts of what was found, as a sentence.
    var sentence: String {
        let results = findings.map { $0.finding.result }
        func count(_ result: String) -> Int { results.count { $0 == result } }
        return "\(count("passed")) passed, \(count("failed")) failed, \(count("not offered")) not offered"
    }

    /// The report as a document.
    var json: JSONValue {
        .object([
            "conformant": .boolean(isConformant),
            "points": .array(
                findings.map { point, finding in
                    var members: JSONObject = [
                        "claim": .string(point.claim), "source": .string(point.source.rawValue),
                        "result": .string(finding.result),
                    ]
                    members["why"] = finding.reason.map(JSONValue.string)
                    return .object(members)
                }),
        ])
    }
}

extension ConformancePoint.Finding {
    /// The finding in a word or two.
    var result: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .notOffered: "not offered"
        }
    }

    /// Why it is not passed.
    var reason: String? {
        switch self {
        case .passed: nil
        case .failed(let reason), .notOffered(let reason): reason
        }
    }
}
