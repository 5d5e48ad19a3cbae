extension ONNXModelBuilder {
    /// Adds the one output of a regression: `prediction`, one value per row.
    mutating func writePrediction(_ values: String, in precision: BoostedTrees.Precision, width: Int = 1) {
        let prediction = node("Identity", [values], output: "prediction")
        output(prediction, precision.elementType, width: width)
    }

    /// Adds the outputs of a classification into two classes, `label` and `probabilities`, from the probability of the
    /// second class.
    mutating func writeClasses(positive probability: String, classes: [Int64], in precision: BoostedTrees.Precision) {
        let one = constant(1, in: precision)
        let negative = node("Sub", [one, probability])
        let both = node("Concat", [negative, probability], attributes: [.integer("axis", 1)], output: "both_classes")
        writeClasses(both, classes: classes, in: precision)
    }

    /// Adds the outputs of a classification, `label` and `probabilities`; of equal probabilities the first class wins.
    mutating func writeClasses(_ probabilities: String, classes: [Int64], in precision: BoostedTrees.Precision) {
        let index = node(
            "ArgMax", [probabilities], attributes: [.integer("axis", 1), .integer("keepdims", 0)])
        let names = constant(Tensor(shape: [classes.count], elements: .int64(classes)), name: "classes")
        let label = node("Gather", [names, index], attributes: [.integer("axis", 0)], output: "label")
        output(label, .int64, width: nil)
        let result = node("Identity", [probabilities], output: "probabilities")
        output(result, precision.elementType, width: classes.count)
    }
}

extension BoostedTrees.Precision {
    /// The element type of features and sums.
    var elementType: ElementType {
        switch self {
        case .float32: .float32
        case .float64: .float64
        }
    }
}
