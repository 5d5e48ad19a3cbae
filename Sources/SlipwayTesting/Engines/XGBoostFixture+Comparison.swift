public import SlipwayModel

extension XGBoostFixture {
    /// Where sums part from XGBoost's own; `nil` when each is the same number, or as near as the tolerance allows.
    ///
    /// - Parameters:
    ///   - outputs: What an engine answers for a model that ends with its sums.
    ///   - tolerance: The largest difference, relative to numbers above 1; 0 compares bits.
    public func difference(ofSums outputs: [PredictorOutput], tolerance: Float = 0) -> String? {
        guard let found = outputs.first.flatMap(Self.singles) else { return "there are no sums" }
        return Self.difference(found, margins.flatMap(\.self), tolerance: tolerance)
    }

    /// Where predictions part from XGBoost's own by more than a share of them; `nil` when none does.
    ///
    /// Labels must be those of XGBoost's scikit-learn interface: of two classes the second where its probability is
    /// above one half, of several the first of the most probable ones.
    public func difference(ofPredictions outputs: [PredictorOutput], tolerance: Float) -> String? {
        guard let last = outputs.last.flatMap(Self.singles) else { return "there are no predictions" }
        let expected = predictions.flatMap(\.self)
        guard outputs.count == 2 else { return Self.difference(last, expected, tolerance: tolerance) }
        guard case .int64(let labels) = outputs[0].tensor.elements else { return "the labels are no whole numbers" }
        let width = last.count / max(1, rows.count)
        var wanted: [Int64] = []
        for row in predictions {
            switch (row.count, width) {
            case (1, 2): wanted.append(row[0] > 0.5 ? 1 : 0)
            case (1, _): wanted.append(Int64(row[0]))
            default: wanted.append(Int64(row.firstIndex(of: row.max() ?? 0) ?? 0))
            }
        }
        guard labels == wanted else { return "the labels are \(labels), not \(wanted)" }
        if width == predictions[0].count { return Self.difference(last, expected, tolerance: tolerance) }
        guard width == 2 else { return nil }
        return Self.difference(last, expected.flatMap { [1 - $0, $0] }, tolerance: tolerance)
    }

    private static func singles(_ output: PredictorOutput) -> [Float]? {
        guard case .float32(let numbers) = output.tensor.elements else { return nil }
        return numbers
    }

    private static func difference(_ found: [Float], _ expected: [Float], tolerance: Float) -> String? {
        guard found.count == expected.count else { return "there are \(found.count) numbers, not \(expected.count)" }
        for (index, (one, other)) in zip(found, expected).enumerated() where one.bitPattern != other.bitPattern {
            let isNear = one == other || abs(one - other) <= tolerance * max(1, abs(other))
            if tolerance == 0 || !isNear { return "number \(index) is \(one), not \(other)" }
        }
        return nil
    }
}
