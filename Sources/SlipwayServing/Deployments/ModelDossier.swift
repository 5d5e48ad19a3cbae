import SlipwayData
package import SlipwayModel
package import SlipwayRegistry
import Synchronization

/// What people want to know of a served version beside its signature and metrics; it holds no weights and no rows.
package final class ModelDossier: Sendable {
    /// The most columns by whose values metrics are given, beside those that the gate names.
    package static let sliceColumnCountMax = 3
    /// The most values of such a column.
    package static let sliceValueCountMax = 12
    /// The changes of the deployment that are kept, the latest first.
    package static let historyCountMax = 10

    /// Why the model exists, who answers for it, and what it is not for.
    package let notes: ModelNotes
    /// Where the version comes from.
    package let lineage: Lineage
    /// How the example rows and the predictions for them are distributed.
    package let baseline: Baseline?
    /// What the graph is made of.
    package let structure: GraphSummary
    /// The bytes of the model file.
    package let byteCount: Int
    /// Whether the package has rows with the true outcome.
    package let hasExamples: Bool
    /// The conditions of a promotion.
    package let gate: Gate
    private let package: (folder: String, digest: SHA256Digest)
    private let sliceColumns: [String]
    private let slices = Mutex<[SliceFigures]?>(nil)

    /// Keeps what a package says of itself.
    ///
    /// - Parameters:
    ///   - hidden: The fields that privacy policies cover; nothing is told by their values.
    ///   - gate: The conditions of a promotion.
    init(_ package: Package, hiding hidden: Set<String>, gate: Gate) {
        notes = package.notes
        lineage = package.lineage
        baseline = package.baseline
        structure = GraphSummary(package.graph)
        byteCount = package.manifest.files[PackageFile.model.rawValue]?.bytes ?? 0
        hasExamples = package.manifest.files[PackageFile.examples.rawValue] != nil
        self.gate = gate
        self.package = (package.folder, package.digest)
        let small = package.signature.inputs.filter { field in
            field.type == .string || field.type == .boolean
                ? (field.categories?.count ?? Self.sliceValueCountMax) <= Self.sliceValueCountMax : false
        }
        var columns = gate.conditions.compactMap(\.slice)
        columns += small.map(\.name).filter { !columns.contains($0) }.prefix(Self.sliceColumnCountMax)
        sliceColumns = columns.filter { !hidden.contains($0) }
    }

    /// The metrics of the groups of the examples; the first call reads and predicts them, and blocks its thread.
    ///
    /// - Parameter metrics: The same names at each call.
    package func slices(of model: Model, metrics: [String]) -> [SliceFigures] {
        slices.withLock { known in
            if let known { return known }
            let opened = try? Package(at: package.folder, expecting: package.digest)
            let found = opened.map { SliceFigures.all(of: $0, model: model, metrics: metrics, by: sliceColumns) } ?? []
            known = found
            return found
        }
    }
}

extension GateCondition {
    /// The column by whose values the condition must hold.
    fileprivate var slice: String? {
        switch self {
        case .atLeast(_, _, let slice), .atMost(_, _, let slice): slice
        case .notWorseThanChampion: nil
        }
    }
}
