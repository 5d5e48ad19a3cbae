import SlipwayModel

extension ImputerKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard let given = inputs[0].columns, let values = Self.perColumn(floats.imputed, of: given) else { return nil }
        return given.applying(.fill(replaced: floats.replaced, with: values))
    }

    /// The figures of a node that reads rows of features: one for all of them or one for each.
    fileprivate static func perColumn(_ figures: [Float], of columns: FeatureColumns) -> [Float]? {
        guard columns.dimensions.count == 1 else { return nil }
        if figures.count == 1 { return [Float](repeating: figures[0], count: columns.width) }
        return figures.count == columns.width ? figures : nil
    }
}

extension ScalerKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard let given = inputs[0].columns, let offsets = ImputerKernel.perColumn(offsets, of: given),
            let factors = ImputerKernel.perColumn(scales, of: given)
        else { return nil }
        return given.applying(.scale(offsets: offsets, factors: factors))
    }
}

extension BinarizerKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard let given = inputs[0].columns else { return nil }
        return given.applying(.binarize([Float](repeating: threshold, count: given.width)))
    }
}

extension ClipKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard let given = inputs[0].columns,
            let low = bound(inputs, 1, attributes.minimum, -Float.greatestFiniteMagnitude),
            let high = bound(inputs, 2, attributes.maximum, Float.greatestFiniteMagnitude)
        else { return nil }
        let width = given.width
        return given.applying(
            .clip([Float](repeating: low, count: width), [Float](repeating: high, count: width)))
    }

    private func bound(_ inputs: [ColumnInput], _ index: Int, _ attribute: Float?, _ standard: Float) -> Float? {
        guard index < inputs.count else { return attribute ?? standard }
        guard case .constant(let tensor) = inputs[index], case .float32(let values) = tensor.elements, values.count == 1
        else { return nil }
        return values[0]
    }
}

extension ArithmeticKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard inputs.count == 2 else { return nil }
        if let given = inputs[0].columns, let figures = inputs[1].figures(for: given) {
            switch operation {
            case .add: return given.applying(.add(figures))
            case .subtract: return given.applying(.subtract(figures))
            case .multiply: return given.applying(.multiply(figures))
            case .divide: return given.applying(.divide(figures))
            case .modulo, .power: return nil
            }
        }
        guard let given = inputs[1].columns, let figures = inputs[0].figures(for: given) else { return nil }
        switch operation {
        case .add: return given.applying(.add(figures))
        case .multiply: return given.applying(.multiply(figures))
        case .subtract, .divide, .modulo, .power: return nil
        }
    }
}

extension CastKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard var given = inputs[0].columns else { return nil }
        if given.type == target { return given }
        let isTable = given.segments.allSatisfy { if case .lookup = $0.source { true } else { false } }
        guard given.isRaw || (isTable && target == .float32), given.type != .string else { return nil }
        guard target == .float32 || (target == .int64 && given.type != .bool) else { return nil }
        given.type = target
        return given
    }
}

extension ReduceKernel: ColumnKernel {
    /// The most columns of one product.
    private static let factorLimit = 16

    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard operation == .product, keepsDimensions, let given = inputs[0].columns, given.type == .float32,
            given.dimensions.count == 1, given.width <= Self.factorLimit,
            let axes = inputs.count > 1 ? inputs[1].integers : axes, axes == [1] || axes == [-1]
        else { return nil }
        var factors: [FeatureColumns.Segment] = []
        for segment in given.segments {
            guard case .input = segment.source else { return nil }
            for column in 0..<segment.width { factors.append(segment[column..<column + 1]) }
        }
        var result = given
        result.dimensions = [1]
        result.segments = factors.count == 1 ? factors : [.init(source: .product(factors), width: 1)]
        return result
    }
}

extension ConstantOfShapeKernel: ColumnKernel {
    func columns(of inputs: [ColumnInput]) -> FeatureColumns? {
        guard case .shape(var result)? = inputs.first, case .float32(let values) = value, values.count == 1,
            let source = result.segments.first?.source
        else { return nil }
        result.type = .float32
        result.segments = [.init(source: .filled(source.columns, values[0]), width: result.width)]
        return result
    }
}
