import SlipwayModel

extension OneHotEncoderKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard let given = inputs[0].columns else { return nil }
        var result = given
        result.type = .float32
        result.dimensions.append(count)
        result.segments = []
        for segment in given.segments {
            guard case .input(let columns) = segment.source, segment.operations.isEmpty,
                fits(columns.type, as: given.type),
                result.segments.count + segment.width <= FeatureColumns.segmentLimit
            else { return nil }
            for column in 0..<segment.width {
                var one = columns
                one.first += column
                result.segments.append(.init(source: .oneHot(one, self, 0..<count), width: count))
            }
        }
        return result
    }

    /// Whether elements stored in one type are looked up as the categories of this node.
    ///
    /// A float is cut to a whole number before it is looked up, so a cast of it to one changes nothing.
    private func fits(_ stored: ElementType, as type: ElementType) -> Bool {
        switch (categories, stored) {
        case (.texts, .string): true
        case (.numbers, .int64), (.numbers, .int32): stored == type
        case (.numbers, .float32), (.numbers, .float64): stored == type || type == .int64
        default: false
        }
    }
}

extension LabelEncoderKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard let given = inputs[0].columns, given.isRaw, given.type == keyType, valueType != .string else {
            return nil
        }
        var result = given
        result.type = valueType
        result.segments = []
        for segment in given.segments {
            guard case .input(let columns) = segment.source,
                result.segments.count + segment.width <= FeatureColumns.segmentLimit
            else { return nil }
            for column in 0..<segment.width {
                var one = columns
                one.first += column
                result.segments.append(.init(source: .lookup(one, self), width: 1))
            }
        }
        return result
    }
}

extension FeatureExtractorKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard inputs.count == 2, let given = inputs[0].columns, let places = inputs[1].integers, !places.isEmpty,
            let length = given.dimensions.last, length == given.width, places.allSatisfy({ 0..<length ~= $0 })
        else { return nil }
        return given.selecting(places, dimensions: given.dimensions.dropLast() + [places.count])
    }
}

extension FeatureVectorizerKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        let parts = inputs.compactMap(\.columns)
        guard parts.count == inputs.count, parts.map(\.dimensions) == widths.map({ [$0] }),
            parts.allSatisfy({ $0.type == .float32 })
        else { return nil }
        return FeatureColumns(sideBySide: parts, dimensions: [widths.reduce(0, +)])
    }
}
