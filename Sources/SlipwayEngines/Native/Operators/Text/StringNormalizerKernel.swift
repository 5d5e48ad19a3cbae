import SlipwayData
import SlipwayModel

/// `StringNormalizer`: a list of texts without its stop words, in upper or lower case on request.
///
/// Case is changed one scalar at a time, as the locales of ONNX Runtime do; of nothing left one empty text is made,
/// but of no texts none.
struct StringNormalizerKernel: UnaryKernel {
    private enum Case: String {
        case none = "NONE"
        case lower = "LOWER"
        case upper = "UPPER"
    }

    private let change: Case
    private let stopWords: Set<ByteText>
    private let isCaseSensitive: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        let name = try context.string("case_change_action") ?? "NONE"
        guard let change = Case(rawValue: name) else {
            throw KernelProblem(.invalid, "case_change_action '\(name.prefix(40))' is not known")
        }
        self.change = change
        isCaseSensitive = try context.integer("is_case_sensitive", default: 0) != 0
        let words = try context.strings("stopwords") ?? []
        stopWords = Set((isCaseSensitive ? words : words.map(Self.lowered)).map { ByteText($0) })
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        guard input.shape.count == 1 || input.shape.count == 2 && input.shape[0] == 1 else {
            throw KernelProblem(.failed, "input has shape \(input.shape), but one list of texts is needed")
        }
        let kept = try input.array(of: String.self).filter { text in
            stopWords.isEmpty || !stopWords.contains(ByteText(isCaseSensitive ? text : Self.lowered(text)))
        }
        let changed = kept.isEmpty && input.count > 0 ? [""] : kept.map(changed)
        return Tensor(changed, shape: input.shape.dropLast() + [changed.count])
    }

    private func changed(_ text: String) -> String {
        switch change {
        case .none: text
        case .lower: Self.lowered(text)
        case .upper: Self.mapped(text) { $0.properties.uppercaseMapping }
        }
    }

    private static func lowered(_ text: String) -> String { mapped(text) { $0.properties.lowercaseMapping } }

    private static func mapped(_ text: String, _ mapping: (Unicode.Scalar) -> String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let mapped = mapping(scalar).unicodeScalars
            // A scalar with a mapping of several, such as the sharp s, stays as it is.
            result.append(mapped.count == 1 ? mapped.first ?? scalar : scalar)
        }
        return String(result)
    }
}
