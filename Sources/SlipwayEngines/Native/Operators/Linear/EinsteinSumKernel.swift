import SlipwayModel

/// `Einsum`: products of elements summed over the letters that the result leaves out.
///
/// Sums are taken in double precision.
final class EinsteinSumKernel: Kernel {
    /// The letters of each input, and those of the result; three dots stand as such.
    private let terms: [[Character]]
    private let result: [Character]?
    private static let dots: Character = "."

    init(_ context: NodeContext) throws(KernelProblem) {
        let text = (try context.string("equation") ?? "").filter { $0 != " " }.replacing("...", with: ".")
        let sides = text.split(separator: "->", omittingEmptySubsequences: false)
        let terms = (sides.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map { Array($0) }
        let letters = terms.joined() + (sides.count > 1 ? Array(sides[1]) : [])
        guard sides.count <= 2, terms.count == context.node.inputs.count,
            letters.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == Self.dots) })
        else {
            throw KernelProblem(
                .invalid, "equation '\(text.prefix(60))' does not fit \(context.node.inputs.count) inputs")
        }
        self.terms = terms
        result = sides.count > 1 ? Array(sides[1]) : nil
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let tensors = try inputs.all()
        let plan = try Contraction(terms: terms, result: result, shapes: tensors.map(\.shape))
        switch tensors[0].elements {
        case .float32: return [try compute(plan, tensors, of: Float.self)]
        case .float64: return [try compute(plan, tensors, of: Double.self)]
        case .int32: return [try compute(plan, tensors, of: Int32.self)]
        case .int64: return [try compute(plan, tensors, of: Int64.self)]
        case .bool, .string: throw KernelProblem(.failed, "\(tensors[0].elementType) has no products")
        }
    }

    private func compute<Scalar: NumericScalar>(
        _ plan: Contraction, _ tensors: [Tensor], of type: Scalar.Type
    ) throws(KernelProblem) -> Tensor {
        var arrays: [[Scalar]] = []
        for tensor in tensors { arrays.append(try tensor.array(of: type)) }
        let count = try Shape.count(plan.shape)
        let summed = try Shape.count(plan.summedShape)
        try Matrix.check(rows: count, inner: summed, columns: arrays.count)
        let bases = plan.strides.map { Odometer(shape: plan.shape, strides: $0).offsets(count: count) }
        let steps = plan.summedStrides.map { Odometer(shape: plan.summedShape, strides: $0).offsets(count: summed) }
        let values = (0..<count).map { place in
            Scalar(
                rounding: (0..<summed).reduce(0.0) { total, step in
                    total + arrays.indices.reduce(1.0) { $0 * arrays[$1][bases[$1][place] + steps[$1][step]].asDouble }
                })
        }
        return Tensor(values, shape: plan.shape)
    }
}

/// How the dimensions of the inputs of an `Einsum` belong together.
private struct Contraction {
    var shape: [Int] = []
    var summedShape: [Int] = []
    /// For each input what one step along each dimension of the result, or of those summed over, adds to its offset.
    var strides: [[Int]] = []
    var summedStrides: [[Int]] = []

    init(terms: [[Character]], result: [Character]?, shapes: [[Int]]) throws(KernelProblem) {
        var named: [[String]] = []
        var lengths: [String: Int] = [:]
        for (term, shape) in zip(terms, shapes) {
            let names = try Self.names(term, rank: shape.count)
            for (name, length) in zip(names, shape) {
                let known = lengths[name] ?? 1
                guard known == length || known == 1 || length == 1 else {
                    throw KernelProblem(.failed, "dimension '\(name)' is \(known) and \(length) at once")
                }
                lengths[name] = known == 1 ? length : known
            }
            named.append(names)
        }
        let open = named.joined().filter { $0.hasPrefix(".") }
        let dots = Set(open).sorted { $0.count > $1.count }
        let counts = Dictionary(named.joined().map { ($0, 1) }, uniquingKeysWith: +)
        let once = lengths.keys.filter { counts[$0] == 1 && !$0.hasPrefix(".") }.sorted()
        let kept = result.map { $0.flatMap { $0 == "." ? dots : [String($0)] } } ?? dots + once
        guard Set(kept).count == kept.count, kept.allSatisfy({ lengths[$0] != nil }) else {
            throw KernelProblem(.failed, "the result names dimensions twice, or such as no input has")
        }
        let summed = lengths.keys.filter { !kept.contains($0) }.sorted()
        shape = kept.compactMap { lengths[$0] }
        summedShape = summed.compactMap { lengths[$0] }
        for (names, shape) in zip(named, shapes) {
            var steps: [String: Int] = [:]
            for (name, (stride, length)) in zip(names, zip(Shape.strides(shape), shape)) where length > 1 {
                steps[name, default: 0] += stride
            }
            strides.append(kept.map { steps[$0] ?? 0 })
            summedStrides.append(summed.map { steps[$0] ?? 0 })
        }
    }

    /// One name per dimension; those under the dots are named by their distance from the last of them.
    private static func names(_ term: [Character], rank: Int) throws(KernelProblem) -> [String] {
        let hidden = term.contains(".") ? rank - term.count + 1 : 0
        let names = term.flatMap { letter in
            letter == "." ? (0..<max(hidden, 0)).map { String(repeating: ".", count: hidden - $0) } : [String(letter)]
        }
        guard names.count == rank else {
            throw KernelProblem(.failed, "an input of \(rank) dimensions has \(names.count) letters")
        }
        return names
    }
}
