import SlipwayModel

/// `Tokenizer` of ONNX Runtime: each text cut into the words that a pattern finds, filled up to equal numbers.
struct TokenizerKernel: UnaryKernel {
    private let pattern: TokenPattern
    private let filler: String
    private let shortest: Int
    private let marks: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        guard let text = try context.string("tokenexp"), let pattern = TokenPattern(text), !context.has("separators")
        else {
            throw KernelProblem(.unsupported, "only a pattern of one class of characters is covered")
        }
        self.pattern = pattern
        filler = try context.string("pad_value") ?? ""
        shortest = try context.integer("mincharnum", default: 1)
        marks = try context.integer("mark", default: 0) != 0
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let words = try input.array(of: String.self).map { text in
            let found = pattern.matches(in: text).filter { $0.unicodeScalars.count >= shortest }
            return marks ? ["\u{2}"] + found + ["\u{3}"] : found
        }
        let width = max(words.map(\.count).max() ?? 0, 1)
        let shape = input.shape + [width]
        _ = try Shape.count(shape)
        let padded = words.flatMap { $0 + [String](repeating: filler, count: width - $0.count) }
        return Tensor(padded, shape: shape)
    }
}
