import SlipwayData
import SlipwayFeatures

/// What a look at every row of an environment's copy of a view found, beside the snapshot that it should hold.
struct CopyVerification {
    /// The environment.
    let environment: String
    /// The live copy; `nil` where there is none.
    let copy: FeatureGeneration?
    /// What was read back; `nil` where there is no copy.
    let found: FeatureContent?
    /// What does not agree; empty for a copy that is equal.
    let differences: [String]

    /// Reads the live copy of a view and compares it.
    ///
    /// - Parameter expected: What it should hold.
    init(
        of view: String, in environment: String, against expected: FeatureContent, on platform: Platform
    ) async throws {
        let store = try platform.featureStore(of: environment)
        self.environment = environment
        copy = try store.live(view)
        guard let copy else {
            found = nil
            differences = ["it was never replicated"]
            return
        }
        let found = try await store.content(of: copy)
        self.found = found
        var differences: [String] = []
        if found.rowCount != expected.rowCount {
            differences.append("it holds \(found.rowCount) rows, the snapshot \(expected.rowCount)")
        } else if found.digest != expected.digest {
            differences.append("its rows have another digest than those of the snapshot")
        }
        self.differences = differences
    }

    /// The finding for programs.
    var json: JSONValue {
        .object([
            "environment": .string(environment), "equal": .boolean(differences.isEmpty),
            "rows": found.map { .integer(Int64($0.rowCount)) } ?? .null,
            "digest": found.map { .string($0.digest.hex) } ?? .null,
            "snapshot": copy?.snapshot.map(JSONValue.string) ?? .null,
            "differences": .array(differences.map(JSONValue.string)),
        ])
    }

    /// The finding for people, line by line.
    ///
    /// - Parameter noun: The view.
    func lines(of view: String) -> [String] {
        guard differences.isEmpty, let found else {
            return differences.map { "\(view) in \(environment): not equal: \($0)" }
        }
        let origin = copy?.snapshotText.map { ", replicated from \($0)" } ?? ""
        return ["\(view) in \(environment): equal, \(CountText.text(found.rowCount)) rows\(origin)"]
    }
}
