import SlipwayData

extension Signature.Task {
    /// The most classes for which an integer or text target counts as a classification.
    static let classCountMax = 1_000

    /// Derives what a model predicts from its outputs, the classes it names, and the target column.
    init(
        deriving graph: Graph, outputs: [OutputField], examples: Table?, options: SignatureOptions
    ) throws(ModelError) {
        if let target = options.target, let examples, examples[target] == nil {
            throw ModelError(
                .invalidSignature, "the examples have no target column '\(target)'",
                hint: "Their columns are \(examples.names.prefix(40).joined(separator: ", ")).")
        }
        let label = outputs.first { $0.elementType.columnType != .number && ($0.width ?? 1) == 1 }
        let scores = outputs.filter {
            $0.elementType.columnType == .number && $0.name != label?.name && ($0.labels != nil || $0.width != 1)
        }
        // Of several outputs with a column each (ZipMap as columns) none is the score of all classes.
        let score = scores.first { $0.width != 1 } ?? (scores.count == 1 ? scores[0] : nil)
        if label != nil || (score?.width ?? 0) > 1 || score?.labels != nil {
            self.init(classifying: label, score, outputs, examples, options)
        } else if let number = outputs.first(where: { $0.elementType.columnType == .number && ($0.width ?? 1) == 1 }) {
            self.init(number: number, examples, options)
        } else {
            self.init(kind: .other, target: options.target)
        }
        if let positive = options.positiveClass {
            guard classes.contains(positive) else {
                throw ModelError(
                    .invalidSignature, "'\(positive)' is none of the model's classes",
                    hint: classes.isEmpty
                        ? "It has none; leave the positive class out."
                        : "They are \(classes.prefix(40).joined(separator: ", ")).")
            }
            positiveClass = positive
        }
    }

    private init(
        classifying label: OutputField?, _ score: OutputField?, _ outputs: [OutputField], _ examples: Table?,
        _ options: SignatureOptions
    ) {
        let seen = Self.classes(in: examples, target: options.target)
        let classes = score?.labels ?? label?.labels ?? seen ?? []
        let width = score?.width ?? classes.count
        guard classes.count >= 2, width <= 1 || classes.count == width else {
            self.init(
                kind: .other, predictionOutput: label?.name, scoreOutput: score?.name, target: options.target)
            return
        }
        self.init(
            kind: classes.count == 2 ? .binary : .multiclass, predictionOutput: label?.name, scoreOutput: score?.name,
            classes: classes, positiveClass: classes.count == 2 ? classes[1] : nil, target: options.target)
    }

    /// A single number is a probability if the target has two classes, else a regression.
    private init(number: OutputField, _ examples: Table?, _ options: SignatureOptions) {
        if let classes = Self.classes(in: examples, target: options.target), classes.count == 2 {
            self.init(
                kind: .binary, scoreOutput: number.name, classes: classes, positiveClass: classes[1],
                target: options.target)
        } else {
            self.init(kind: .regression, predictionOutput: number.name, target: options.target)
        }
    }

    private static func classes(in examples: Table?, target: String?) -> [String]? {
        guard let target, let column = examples?[target], column.type != .number else { return nil }
        var seen: Set<String> = []
        for row in 0..<column.count where !column[row].isMissing {
            seen.insert(column[row].text)
            if seen.count > classCountMax { return nil }
        }
        if column.type == .integer {
            return seen.compactMap(Int64.init).sorted().map(String.init)
        }
        return seen.sorted()
    }
}
