import SlipwayModel

/// `Tokenizer` of ONNX Runtime: each text cut into the words that a pattern finds, filled up to equal numbers.
final class TokenizerKernel: UnaryKernel {
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
        let texts = try input.array(of: String.self)
        var words: [String] = []
        var ends: [Int] = []
        ends.reserveCapacity(texts.count)
        var width = 1
        for text in texts {
            if marks { words.append("\u{2}") }
            pattern.appendMatches(in: text, shortest: shortest, to: &words)
            if marks { words.append("\u{3}") }
            width = max(width, words.count - (ends.last ?? 0))
            ends.append(words.count)
        }
        let shape = input.shape + [width]
        var padded: [String] = []
        padded.reserveCapacity(try Shape.count(shape))
        var start = 0
        for end in ends {
            padded.append(contentsOf: words[start..<end])
            padded.append(contentsOf: repeatElement(filler, count: width - (end - start)))
            start = end
        }
        return Tensor(padded, shape: shape)
    }
}
