import SlipwayModel

/// Joins steps of a plan into passes over the rows, and leaves out steps that change nothing.
///
/// First each value is described by the columns of the graph inputs, as far as its nodes allow. Then the steps that
/// cannot be described are kept, and before each the values that it reads are put in place: as a graph input itself, as a
/// pass that stands for all their nodes, or by their own steps.
struct PlanFusion {
    /// The most nodes that one pass stands for.
    static let nodeLimit = 1_024
    /// The most parts that all descriptions of a plan have together.
    static let partLimit = 1 << 18

    private let original: ExecutionPlan
    private var fused: ExecutionPlan
    /// What is known of values, by their numbers.
    private var columns: [Int: FeatureColumns] = [:]
    /// The columns of which values are the shape.
    private var shapes: [Int: FeatureColumns] = [:]
    /// The step that computes each described value.
    private var writers: [Int: Int] = [:]
    /// The steps and values that the new plan has by now.
    private var isKept: [Bool]
    private var isInPlace: Set<Int> = []
    private var partCount = 0

    /// Rewrites a plan.
    static func fused(_ plan: ExecutionPlan) -> ExecutionPlan {
        var fusion = PlanFusion(plan)
        fusion.describeValues()
        fusion.rebuild()
        return fusion.fused
    }

    private init(_ plan: ExecutionPlan) {
        original = plan
        fused = plan
        fused.steps = []
        isKept = [Bool](repeating: false, count: plan.steps.count)
    }

    private mutating func describeValues() {
        for input in original.inputs { columns[input.value] = FeatureColumns(input) }
        for (index, step) in original.steps.enumerated() {
            guard step.outputs.count == 1, let output = step.outputs[0], !step.inputs.isEmpty,
                partCount < Self.partLimit
            else { continue }
            if (step.kernel as? ShapeKernel)?.isWhole == true, let known = known(step.inputs[0]).columns {
                shapes[output] = known
                writers[output] = index
                continue
            }
            guard let kernel = step.kernel as? any ColumnKernel else { continue }
            guard let described = kernel.columns(of: step.inputs.map { known($0) }) else { continue }
            partCount += described.segments.count
            columns[output] = described
            writers[output] = index
        }
    }

    private func known(_ operand: Arguments.Operand) -> ColumnInput {
        switch operand {
        case .absent: .unknown
        case .constant(let tensor), .numbers(let tensor, _): .constant(tensor)
        case .value(let number):
            columns[number].map { .columns($0) } ?? shapes[number].map { .shape($0) } ?? .unknown
        }
    }

    private mutating func rebuild() {
        for (index, step) in original.steps.enumerated() where !isDescribed(step) {
            if let pass = linearPass(for: step) {
                fused.steps.append(pass)
            } else {
                keep(index)
            }
        }
        for index in fused.results.indices { fused.results[index].value = inPlace(fused.results[index].value) }
    }

    private func isDescribed(_ step: Step) -> Bool {
        guard step.outputs.count == 1, let output = step.outputs[0] else { return false }
        return writers[output] != nil
    }

    /// Adds a step of its own, with what it reads.
    private mutating func keep(_ index: Int) {
        guard !isKept[index] else { return }
        isKept[index] = true
        var step = original.steps[index]
        step.inputs = step.inputs.map { inPlace($0) }
        fused.steps.append(step)
    }

    /// Sees to it that the new plan computes a value, and says where it lies.
    private mutating func inPlace(_ operand: Arguments.Operand) -> Arguments.Operand {
        guard case .value(let number) = operand else { return operand }
        guard let columns = columns[number] else {
            keepNodes(behind: number)
            return operand
        }
        if let input = columns.wholeInput { return .value(input) }
        guard let writer = writers[number], !isKept[writer], isInPlace.insert(number).inserted else { return operand }
        let nodes = nodes(behind: number)
        let isWorthIt =
            nodes.count > 1 || columns.segments.contains { $0.operations.contains(where: \.hasFiguresPerColumn) }
        if isWorthIt, nodes.count <= Self.nodeLimit, let program = FeatureProgram(columns) {
            let pass = FeaturePass(program: program, dimensions: columns.dimensions)
            fused.steps.append(step(of: pass, reading: program, insteadOf: nodes))
        } else {
            keepNodes(behind: number)
        }
        return operand
    }

    /// Adds the steps that compute a value, as far as they are described and not there.
    private mutating func keepNodes(behind number: Int) {
        for index in nodes(behind: number) where !isKept[index] {
            isKept[index] = true
            fused.steps.append(original.steps[index])
        }
    }

    private mutating func linearPass(for step: Step) -> Step? {
        guard let consumer = step.kernel as? any LinearConsumer, case .value(let number)? = step.inputs.first,
            let columns = columns[number], writers[number] != nil, columns.wholeInput == nil,
            columns.dimensions.count == 1, let program = FeatureProgram(columns),
            let pass = LinearPass(program, consumer)
        else { return nil }
        let nodes = nodes(behind: number)
        guard nodes.count <= Self.nodeLimit else { return nil }
        return self.step(of: pass, reading: program, insteadOf: nodes, and: step)
    }

    /// The step of a pass over the rows.
    ///
    /// - Parameter last: A step that the pass does as well, beside those of the given numbers.
    private func step(
        of pass: any FusedPass, reading program: FeatureProgram, insteadOf nodes: [Int], and last: Step? = nil
    ) -> Step {
        let steps = nodes.map { original.steps[$0] } + (last.map { [$0] } ?? [])
        // The steps that the pass stands for may read inputs of which no column is left.
        let written = Set(steps.flatMap { $0.outputs.compactMap(\.self) })
        let read = Set(steps.flatMap { $0.inputs.compactMap(\.number) }).subtracting(written)
        let values = program.values + read.subtracting(program.values).sorted()
        return Step(fusing: steps, into: pass, inputs: values.map { .value($0) })
    }

    /// The steps of all nodes between the graph inputs and a value, in the order in which they run.
    private func nodes(behind number: Int) -> [Int] {
        var found: Set<Int> = []
        var open = [number]
        while let number = open.popLast(), found.count <= Self.nodeLimit {
            guard let index = writers[number], found.insert(index).inserted else { continue }
            open.append(contentsOf: original.steps[index].inputs.compactMap(\.number))
        }
        return found.sorted()
    }
}
