import SlipwayData
import SlipwayModel

/// `StringNormalizer`: a list of texts without its stop words, in upper or lower case on request.
///
/// Case is changed one scalar at a time, as the locales of ONNX Runtime do. The locales `C` and `POSIX` know the case
/// of ASCII alone; for every other one, and where none is named, it is that of Unicode, whatever the machine is set to.
/// Of nothing left one empty text is made, but of no texts none.
final class StringNormalizerKernel: UnaryKernel {
    private enum Case: String {
        case none = "NONE"
        case lower = "LOWER"
        case upper = "UPPER"
    }

    private let change: Case
    private let stopWords: Set<ByteText>
    private let isCaseSensitive: Bool
    private let knowsASCIIAlone: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        let name = try context.string("case_change_action") ?? "NONE"
        guard let change = Case(rawValue: name) else {
            throw KernelProblem(.invalid, "case_change_action '\(name.prefix(40))' is not known")
        }
        self.change = change
        let isCaseSensitive = try context.integer("is_case_sensitive", default: 0) != 0
        let knowsASCIIAlone = ["C", "POSIX"].contains(try context.string("locale"))
        let words = try context.strings("stopwords") ?? []
        stopWords = Set(
            words.map { ByteText(isCaseSensitive ? $0 : Self.changed($0, to: .lower, knowsASCIIAlone)) })
        self.isCaseSensitive = isCaseSensitive
        self.knowsASCIIAlone = knowsASCIIAlone
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        guard input.shape.count == 1 || input.shape.count == 2 && input.shape[0] == 1 else {
            throw KernelProblem(.failed, "input has shape \(input.shape), but one list of texts is needed")
        }
        let kept = try input.array(of: String.self).filter { text in
            stopWords.isEmpty || !stopWords.contains(ByteText(isCaseSensitive ? text : changed(text, to: .lower)))
        }
        let texts = kept.isEmpty && input.count > 0 ? [""] : kept.map { changed($0, to: change) }
        return Tensor(texts, shape: input.shape.dropLast() + [texts.count])
    }

    private func changed(_ text: String, to change: Case) -> String { Self.changed(text, to: change, knowsASCIIAlone) }

    private static func changed(_ text: String, to change: Case, _ knowsASCIIAlone: Bool) -> String {
        guard change != .none else { return text }
        if let changed = changedASCII(text, to: change) { return changed }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isKnown = scalar.isASCII || !knowsASCIIAlone
            result.append(isKnown ? (change == .lower ? lowered(scalar) : raised(scalar)) : scalar)
        }
        return String(result)
    }

    /// A text of ASCII alone, whose case every locale changes alike; `nil` for any other text.
    private static func changedASCII(_ text: String, to change: Case) -> String? {
        let first = change == .lower ? UInt8(ascii: "A") : UInt8(ascii: "a")
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.allSatisfy({ $0 < 128 }) else { return nil }
            return String(unsafeUninitializedCapacity: bytes.count) { result in
                for index in 0..<bytes.count {
                    // Capital and small letters differ in one bit.
                    result[index] = bytes[index] &- first < 26 ? bytes[index] ^ 0x20 : bytes[index]
                }
                return bytes.count
            }
        } ?? nil
    }

    /// The only scalar that Unicode lowers to several, the capital I with a dot, becomes the first of them.
    private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    }

    /// A scalar that Unicode raises to several, such as the sharp s, stays as it is.
    private static func raised(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let mapped = scalar.properties.uppercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first ?? scalar : scalar
    }
}
