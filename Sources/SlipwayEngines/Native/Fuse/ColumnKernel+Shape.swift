import SlipwayModel

extension IdentityKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? { inputs[0].columns }
}

extension FlattenKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard axis == 1, let given = inputs[0].columns else { return nil }
        return given.reshaped([given.width])
    }
}

extension ReshapeKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard inputs.count == 2, let given = inputs[0].columns, let wanted = inputs[1].integers, !allowsZero,
            let rows = wanted.first, rows == -1 || rows == 0
        else { return nil }
        var dimensions = Array(wanted.dropFirst())
        if rows == 0, let open = dimensions.firstIndex(of: -1) {
            dimensions[open] = 1
            guard let known = try? Shape.count(dimensions), known > 0 else { return nil }
            dimensions[open] = given.width / known
        }
        return dimensions.count < NativeLimits.dimensions ? given.reshaped(dimensions) : nil
    }
}

extension ConcatKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        let parts = inputs.compactMap(\.columns)
        guard let first = parts.first, parts.count == inputs.count, parts.allSatisfy({ $0.type == first.type }) else {
            return nil
        }
        let rank = first.dimensions.count + 1
        let place = (axis < 0 ? axis + rank : axis) - 1
        guard first.dimensions.indices ~= place, first.dimensions[..<place].allSatisfy({ $0 == 1 }) else { return nil }
        var dimensions = first.dimensions
        for part in parts.dropFirst() {
            guard part.dimensions.count == dimensions.count else { return nil }
            for index in dimensions.indices where index != place {
                guard part.dimensions[index] == dimensions[index] else { return nil }
            }
            dimensions[place] += part.dimensions[place]
        }
        return FeatureColumns(sideBySide: parts, dimensions: dimensions)
    }
}

extension GatherKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard inputs.count == 2, let given = inputs[0].columns, case .constant(let indices) = inputs[1],
            let places = inputs[1].integers, !places.isEmpty
        else { return nil }
        let rank = given.dimensions.count + 1
        let place = (axis < 0 ? axis + rank : axis) - 1
        guard given.dimensions.indices ~= place, given.dimensions[place] == given.width else { return nil }
        let length = given.width
        guard places.allSatisfy({ -length..<length ~= $0 }) else { return nil }
        return given.selecting(
            places.map { $0 < 0 ? $0 + length : $0 },
            dimensions: Array(given.dimensions[..<place] + indices.shape + given.dimensions[(place + 1)...]))
    }
}

extension FeatureColumns {
    /// Several groups of columns in a row, or `nil` when there are too many parts.
    init?(sideBySide parts: [FeatureColumns], dimensions: [Int]) {
        guard let first = parts.first, parts.reduce(0, { $0 + $1.segments.count }) <= Self.segmentLimit else {
            return nil
        }
        self = first
        self.dimensions = dimensions
        segments = parts.flatMap(\.segments)
    }
}
