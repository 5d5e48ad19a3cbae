public import SlipwayModel

/// Says where two answers differ.
public struct OutputComparison: Sendable {
    /// The difference allowed, as a share of the expected magnitude.
    public var relative: Double
    /// The difference allowed whatever the magnitude.
    public var absolute: Double

    /// Makes a comparison; by default engines may differ by 1e-5 relative plus 1e-6.
    public init(relative: Double = 1e-5, absolute: Double = 1e-6) {
        self.relative = relative
        self.absolute = absolute
    }

    /// A comparison that allows no difference at all.
    public static let exact = OutputComparison(relative: 0, absolute: 0)

    /// The first difference in words, or `nil` when the answers agree.
    ///
    /// Columns are matched by label where both sides have labels. NaN equals NaN; whole numbers and texts must be equal.
    public func difference(_ found: [PredictorOutput], from expected: [PredictorOutput]) -> String? {
        guard found.map(\.name) == expected.map(\.name) else {
            return "outputs \(found.map(\.name)) instead of \(expected.map(\.name))"
        }
        for (found, expected) in zip(found, expected) {
            if let difference = difference(found, from: expected) { return "output '\(expected.name)' \(difference)" }
        }
        return nil
    }

    private func difference(_ found: PredictorOutput, from expected: PredictorOutput) -> String? {
        guard let aligned = found.tensor.aligned(from: found.labels, to: expected.labels) else {
            return "has the labels \(found.labels ?? []) instead of \(expected.labels ?? [])"
        }
        guard aligned.shape == expected.tensor.shape else {
            return "has the shape \(aligned.shape) instead of \(expected.tensor.shape)"
        }
        guard aligned.elementType == expected.tensor.elementType else {
            return "holds \(aligned.elementType) instead of \(expected.tensor.elementType)"
        }
        return switch (aligned.elements, expected.tensor.elements) {
        case (.float32(let found), .float32(let expected)):
            difference(found.map(Double.init), expected.map(Double.init))
        case (.float64(let found), .float64(let expected)): difference(found, expected)
        case (.int32(let found), .int32(let expected)): unequal(found, expected)
        case (.int64(let found), .int64(let expected)): unequal(found, expected)
        case (.bool(let found), .bool(let expected)): unequal(found, expected)
        case (.string(let found), .string(let expected)): unequal(found, expected)
        default: "holds another type"
        }
    }

    private func difference(_ found: [Double], _ expected: [Double]) -> String? {
        for index in expected.indices where !agree(found[index], expected[index]) {
            return "is \(found[index]) instead of \(expected[index]) at element \(index)"
        }
        return nil
    }

    private func agree(_ found: Double, _ expected: Double) -> Bool {
        if found.isNaN || expected.isNaN { return found.isNaN && expected.isNaN }
        if found == expected { return true }
        // An infinite expectation would allow any difference.
        return expected.isFinite && abs(found - expected) <= relative * abs(expected) + absolute
    }

    private func unequal<Element: Equatable>(_ found: [Element], _ expected: [Element]) -> String? {
        guard let index = expected.indices.first(where: { found[$0] != expected[$0] }) else { return nil }
        return "is \(found[index]) instead of \(expected[index]) at element \(index)"
    }
}
