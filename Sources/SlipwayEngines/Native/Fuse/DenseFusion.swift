import SlipwayModel

/// Joins products with constant matrices, and what is done to them next, into layers that one pass computes.
///
/// The matrices are packed for the product once, at load.
struct DenseFusion {
    /// The step that reads each value, where it is the only one, and no result of the plan is the value.
    private var readers: [Int?]
    private let steps: [Step]

    /// Rewrites a plan.
    static func fused(_ plan: ExecutionPlan) -> ExecutionPlan {
        let fusion = DenseFusion(plan)
        var isTaken = [Bool](repeating: false, count: plan.steps.count)
        var passes = [Step?](repeating: nil, count: plan.steps.count)
        for index in plan.steps.indices where !isTaken[index] {
            guard let (members, pass) = fusion.layers(from: index) else { continue }
            for member in members { isTaken[member] = true }
            // All that the pass reads beside constants is there before its first member.
            passes[members[members.count - 1]] = Step(
                fusing: members.map { plan.steps[$0] }, into: pass, inputs: [plan.steps[index].inputs[0]])
        }
        var fused = plan
        fused.steps = plan.steps.indices.compactMap { passes[$0] ?? (isTaken[$0] ? nil : plan.steps[$0]) }
        return fused
    }

    private init(_ plan: ExecutionPlan) {
        steps = plan.steps
        var counts = [Int](repeating: 0, count: plan.valueCount)
        readers = [Int?](repeating: nil, count: plan.valueCount)
        for (index, step) in plan.steps.enumerated() {
            for number in step.inputs.compactMap(\.number) {
                counts[number] += 1
                readers[number] = index
            }
        }
        for number in plan.results.compactMap(\.value.number) { counts[number] += 1 }
        for number in counts.indices where counts[number] != 1 { readers[number] = nil }
        for number in plan.results.compactMap(\.value.number) { readers[number] = nil }
    }

    private func layers(from index: Int) -> (members: [Int], pass: any FusedPass)? {
        guard let matrix = steps[index].constantFactor else { return nil }
        switch matrix.elements {
        case .float32: return layers(from: index) { .single($0) }
        case .float64: return layers(from: index) { .double($0) }
        default: return nil
        }
    }

    private func layers<Scalar: FloatScalar>(
        from index: Int, _ form: ([DenseLayer<Scalar>]) -> DensePass.Layers
    ) -> (members: [Int], pass: any FusedPass)? {
        guard let first = DenseLayer<Scalar>(steps[index]) else { return nil }
        var layers = [first]
        var members = [index]
        while let output = steps[members[members.count - 1]].outputs.first ?? nil, let next = readers[output] {
            let last = layers.count - 1
            if let layer = DenseLayer<Scalar>(steps[next]), layer.matrix.inner == layers[last].matrix.columns,
                steps[next].inputs[0].number == output
            {
                layers.append(layer)
            } else if !layers[last].append(steps[next]) {
                break
            }
            members.append(next)
        }
        let wantsMatrix = members.contains { steps[$0].kernel is GemmKernel }
        return (members, DensePass(form(layers), wantsMatrix: wantsMatrix))
    }
}

extension Step {
    /// The constant matrix that a product of this step multiplies a computed one with.
    fileprivate var constantFactor: Tensor? {
        guard kernel is MatrixProductKernel || (kernel as? GemmKernel)?.isPlain == true, inputs.count > 1,
            inputs[0].number != nil, case .constant(let matrix) = inputs[1], matrix.shape.count == 2,
            !matrix.shape.contains(0)
        else { return nil }
        return matrix
    }

    /// The single constant that this step reads beside a computed value.
    fileprivate var constantOperand: Tensor? {
        guard inputs.count == 2 else { return nil }
        switch (inputs[0], inputs[1]) {
        case (.value, .constant(let tensor)), (.constant(let tensor), .value): return tensor
        default: return nil
        }
    }
}

extension DenseLayer {
    /// The layer of a step that multiplies with a constant matrix, and of `Gemm` adds a constant row.
    fileprivate init?(_ step: Step) {
        guard let constant = step.constantFactor, let elements = Scalar.array(of: constant.elements) else { return nil }
        let isTransposed = (step.kernel as? GemmKernel)?.transposesRight ?? false
        let (inner, columns) =
            isTransposed ? (constant.shape[1], constant.shape[0]) : (constant.shape[0], constant.shape[1])
        let packed = elements.withUnsafeBufferPointer { elements in
            elements.baseAddress.map { PackedMatrix($0, inner: inner, columns: columns, isTransposed: isTransposed) }
        }
        guard let packed else { return nil }
        self.init(packed)
        guard step.inputs.count > 2 else { return }
        switch step.inputs[2] {
        case .absent: return
        case .constant(let tensor): guard add(row: tensor) else { return nil }
        case .numbers, .value: return nil
        }
    }

    /// Takes a step that reads this layer's output into the layer, or says that it cannot.
    fileprivate mutating func append(_ step: Step) -> Bool {
        if let function = step.kernel as? FunctionKernel { return activate(function) }
        guard (step.kernel as? ArithmeticKernel)?.operation == .add, let constant = step.constantOperand else {
            return false
        }
        return add(row: constant)
    }

    /// Adds a constant that has the same row for all rows.
    private mutating func add(row constant: Tensor) -> Bool {
        guard let figures = Scalar.array(of: constant.elements), constant.shape.count <= 2,
            constant.shape.dropLast().allSatisfy({ $0 == 1 })
        else { return false }
        if figures.count == 1 { return add([Scalar](repeating: figures[0], count: matrix.columns)) }
        return add(figures)
    }
}
