import Foundation

/// What a classifier or regressor does to its raw scores at the end.
///
/// The formulas are those of ONNX Runtime in their precision, since a small probability computed as `1 - p` in
/// single precision differs from the exact one.
enum PostTransform: String, Sendable {
    case none = "NONE"
    case logistic = "LOGISTIC"
    case softmax = "SOFTMAX"
    case softmaxZero = "SOFTMAX_ZERO"
    case probit = "PROBIT"

    /// Reads the attribute of a node.
    init(_ context: NodeContext) throws(KernelProblem) {
        let name = try context.string("post_transform") ?? "NONE"
        guard let transform = PostTransform(rawValue: name) else {
            throw KernelProblem(.invalid, "post_transform '\(name.prefix(40))' is not known")
        }
        self = transform
    }

    /// What is done to the targets of a regressor: ONNX Runtime applies nothing but a probit to a single one.
    func applied(toTargets count: Int) -> PostTransform {
        count == 1 && self != .probit ? .none : self
    }

    /// Transforms the scores of one row in place.
    func apply<Scalar: FloatScalar>(_ scores: inout some MutableCollection<Scalar>) {
        switch self {
        case .none: return
        case .logistic: Self.update(&scores) { Scalar(Self.logistic(Float($0))) }
        case .probit: Self.update(&scores) { Scalar(Self.probit(Float($0))) }
        case .softmax:
            let highest = scores.reduce(-Scalar.greatestFiniteMagnitude) { max($0, $1) }
            Self.update(&scores) { Scalar.exponential($0 - highest) }
            Self.divideBySum(&scores)
        case .softmaxZero: Self.softmaxZero(&scores)
        }
    }

    /// Transforms the scores of one row in place.
    @inline(__always)
    func apply(_ scores: UnsafeMutablePointer<Float>, count: Int) {
        guard self != .none else { return }
        var row = UnsafeMutableBufferPointer(start: scores, count: count)
        apply(&row)
    }

    /// `1 / (1 + exp(-x))`, mirrored for negative arguments.
    static func logistic(_ value: Float) -> Float {
        let mirrored = 1 / (1 + Foundation.exp(-value.magnitude))
        return value < 0 ? 1 - mirrored : mirrored
    }

    /// The inverse of the normal distribution by Winitzki's approximation of the inverse error function (2008).
    static func probit(_ value: Float) -> Float {
        let argument = 2 * value - 1
        let logarithm = Foundation.log((1 - argument) * (1 + argument))
        let first: Float = 2 / (3.14159 * 0.147) + 0.5 * logarithm
        let second: Float = 1 / 0.147 * logarithm
        let root = (-first + (first * first - second).squareRoot()).squareRoot()
        return 1.41421356 * (argument < 0 ? -root : root)
    }

    /// A softmax that leaves scores of zero at zero.
    private static func softmaxZero<Scalar: FloatScalar>(_ scores: inout some MutableCollection<Scalar>) {
        let nearZero: Scalar = 0.0000001
        let highest = scores.reduce(-Scalar.greatestFiniteMagnitude) { max($0, $1) }
        let scale = Scalar.exponential(-highest)
        var total: Scalar = 0
        for index in scores.indices {
            if scores[index].magnitude > nearZero {
                scores[index] = Scalar.exponential(scores[index] - highest)
                total += scores[index]
            } else {
                scores[index] *= scale
            }
        }
        update(&scores) { $0 / total }
    }

    private static func divideBySum<Scalar: FloatScalar>(_ scores: inout some MutableCollection<Scalar>) {
        let total = scores.reduce(0, +)
        update(&scores) { $0 / total }
    }

    private static func update<Scalar>(_ scores: inout some MutableCollection<Scalar>, _ change: (Scalar) -> Scalar) {
        for index in scores.indices { scores[index] = change(scores[index]) }
    }
}
