import SlipwayData
import SlipwayRegistry

/// The rows of a call that one version answers.
package struct CallPart: Sendable {
    /// The version.
    package let served: ServedModel
    /// The rows by their position in the call.
    package let rows: [Int]
}

extension ServedModel {
    /// Who answers which rows of a call: one version all of them, or two where a key parts them.
    func parts(of rows: [[Value]], keys: [String?]) -> [CallPart] {
        guard !isPinned, let challenger, challenger.deployed.mode == .canary else {
            return [CallPart(served: self, rows: Array(rows.indices))]
        }
        let picked = challenger.rows(of: rows, keys: keys)
        if picked.isEmpty { return [CallPart(served: self, rows: Array(rows.indices))] }
        if picked.count == rows.count { return [CallPart(served: challenger.model, rows: picked)] }
        let others = Set(picked)
        return [
            CallPart(served: self, rows: rows.indices.filter { !others.contains($0) }),
            CallPart(served: challenger.model, rows: picked),
        ]
    }
}
