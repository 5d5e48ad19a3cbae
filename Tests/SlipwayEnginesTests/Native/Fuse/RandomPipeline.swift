import SlipwayModel
import SlipwayTesting

/// A made-up pipeline of the kind that exporters write, with rows that hold every odd value.
struct RandomPipeline {
    private(set) var graph: Graph
    private(set) var rows: [String: Tensor] = [:]
    private var random: SeededGenerator
    private let rowCount: Int

    private static let categories = ["red", "green", "blue", "a text of more than fifteen bytes", "", "grün"]
    private static let numbers: [Float] = [0, -0.0, 1, -3.5, 7, 1e-20, 3e8, .nan, .infinity, -.infinity, -1]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        rowCount = [0, 1, 1, 2, 5, 5, 5, 300].randomElement(using: &random) ?? 1
        graph = Graph(
            name: "random", inputs: [], outputs: [], nodes: [], initializers: [:], opsets: ["": 18, "ai.onnx.ml": 3])
        build()
    }

    private mutating func build() {
        var parts: [(name: String, width: Int)] = []
        for _ in 0..<pick(1...3) {
            switch pick(0...3) {
            case 0, 1: parts.append(numbers())
            case 2: parts.append(categories())
            default: parts.append(labels())
            }
        }
        var matrix = parts[0]
        if parts.count > 1 {
            matrix = (
                node("Concat", parts.map(\.name), ["axis": .integer(oneOf([1, -1]))]), parts.reduce(0) { $0 + $1.width }
            )
        }
        if chance(3) { matrix = changed(matrix) }
        consume(matrix)
    }

    // MARK: Parts

    private mutating func numbers() -> (name: String, width: Int) {
        var matrix: (name: String, width: Int)
        if chance(2) {
            matrix = numberInput(width: pick(1...4))
        } else {
            let columns = (0..<pick(1...4)).map { _ in numberInput(width: 1).name }
            matrix = (node("Concat", columns, ["axis": .integer(1)]), columns.count)
        }
        for _ in 0..<pick(0...4) { matrix = changed(matrix) }
        return matrix
    }

    private mutating func changed(_ matrix: (name: String, width: Int)) -> (name: String, width: Int) {
        let (name, width) = matrix
        switch pick(0...9) {
        case 0:
            let attributes: [String: Attribute] = [
                "imputed_value_floats": .floats(figures(oneOf([1, width]))),
                "replaced_value_float": .float(oneOf([.nan, 0, 1])),
            ]
            return (node("Imputer", [name], attributes, learning: true), width)
        case 1:
            let count = oneOf([1, width])
            return (
                node(
                    "Scaler", [name], ["offset": .floats(figures(count)), "scale": .floats(figures(count))],
                    learning: true), width
            )
        case 2:
            let figures =
                chance(2) ? constant(.float32(figures(1)), []) : constant(.float32(figures(width)), [1, width])
            return (node(oneOf(["Add", "Sub", "Mul", "Div"]), [name, figures]), width)
        case 3:
            let bounds = [constant(.float32([-2]), []), constant(.float32([5]), [])]
            return (node("Clip", [name] + bounds), width)
        case 4: return (node(oneOf(["Identity", "Flatten"]), [name]), width)
        case 5: return (node("Cast", [name], ["to": .integer(1)]), width)
        case 6 where chance(3):
            return (node("Binarizer", [name], ["threshold": .float(0.5)], learning: true), width)
        case 7:
            return (node("Reshape", [name, constant(.int64([oneOf([-1, 0]), Int64(width)]), [2])]), width)
        default: return selected(matrix)
        }
    }

    private mutating func selected(_ matrix: (name: String, width: Int)) -> (name: String, width: Int) {
        let places = (0..<pick(1...3)).map { _ in Int64(pick(0...(matrix.width - 1))) }
        let indices = constant(.int64(places), [places.count])
        if chance(2) { return (node("ArrayFeatureExtractor", [matrix.name, indices], learning: true), places.count) }
        return (node("Gather", [matrix.name, indices], ["axis": .integer(1)]), places.count)
    }

    private mutating func categories() -> (name: String, width: Int) {
        var attributes: [String: Attribute] = ["zeros": .integer(oneOf([0, 1, 1, 1]))]
        let input: (name: String, width: Int)
        if chance(2) {
            attributes["cats_strings"] = .strings(Array(Self.categories.prefix(4)))
            input = textInput(width: pick(1...2))
        } else {
            attributes["cats_int64s"] = .integers([0, 1, 7, -3])
            input = chance(2) ? wholeInput(width: pick(1...2)) : numberInput(width: 1)
        }
        let chosen = chance(2) ? selected(input) : input
        let encoded = node("OneHotEncoder", [chosen.name], attributes, learning: true)
        let width = 4 * chosen.width
        return (node("Reshape", [encoded, constant(.int64([-1, Int64(width)]), [2])]), width)
    }

    private mutating func labels() -> (name: String, width: Int) {
        let input = textInput(width: pick(1...2))
        var attributes: [String: Attribute] = ["keys_strings": .strings(Array(Self.categories.suffix(4)))]
        guard chance(2) else {
            attributes["values_floats"] = .floats([0, 1.5, -2, .nan])
            return (node("LabelEncoder", [input.name], attributes, learning: true), input.width)
        }
        attributes["values_int64s"] = .integers([0, 3, -2, 1 << 60])
        let encoded = node("LabelEncoder", [input.name], attributes, learning: true)
        return (node("Cast", [encoded], ["to": .integer(1)]), input.width)
    }

    private mutating func consume(_ matrix: (name: String, width: Int)) {
        let classes = pick(2...5)
        switch pick(0...3) {
        case 0:
            let label = node(
                "LinearClassifier", [matrix.name],
                [
                    "classlabels_ints": .integers((0..<classes).map { Int64($0) }),
                    "coefficients": .floats(figures(classes * matrix.width)),
                    "intercepts": .floats(figures(classes)), "post_transform": .string(oneOf(["NONE", "SOFTMAX"])),
                ], outputs: 2, learning: true)
            graph.outputs = [.open(label), .open("\(label)_1")]
        case 1:
            let answer = node(
                "LinearRegressor", [matrix.name],
                ["coefficients": .floats(figures(matrix.width)), "intercepts": .floats(figures(1))], learning: true)
            graph.outputs = [.open(answer)]
        case 2: graph.outputs = [.open(node("Normalizer", [matrix.name], ["norm": .string("L2")], learning: true))]
        default: graph.outputs = [.open(matrix.name)]
        }
        if chance(3), let node = graph.nodes.randomElement(using: &random) {
            graph.outputs.append(.open(node.outputs[0]))
        }
    }

    // MARK: Pieces

    private mutating func numberInput(width: Int) -> (name: String, width: Int) {
        let cells = (0..<rowCount * width).map { _ in oneOf(Self.numbers) }
        return input(.float32, .float32(cells), width)
    }

    private mutating func wholeInput(width: Int) -> (name: String, width: Int) {
        let cells = (0..<rowCount * width).map { _ in oneOf([0, 1, 7, -3, 8, .max] as [Int64]) }
        return input(.int64, .int64(cells), width)
    }

    private mutating func textInput(width: Int) -> (name: String, width: Int) {
        let cells = (0..<rowCount * width).map { _ in oneOf(Self.categories) }
        return input(.string, .string(cells), width)
    }

    private mutating func input(
        _ type: ElementType, _ elements: Tensor.Elements, _ width: Int
    ) -> (name: String, width: Int) {
        let name = "input\(graph.inputs.count)"
        graph.inputs.append(GraphValue(name: name, type: .tensor(type, shape: [nil, width])))
        rows[name] = Tensor(shape: [rowCount, width], elements: elements)
        return (name, width)
    }

    private mutating func constant(_ elements: Tensor.Elements, _ shape: [Int]) -> String {
        let name = "constant\(graph.initializers.count)"
        graph.initializers[name] = Tensor(shape: shape, elements: elements)
        return name
    }

    private mutating func node(
        _ name: String, _ inputs: [String], _ attributes: [String: Attribute] = [:], outputs: Int = 1,
        learning: Bool = false
    ) -> String {
        let value = "value\(graph.nodes.count)"
        graph.nodes.append(
            Node(
                name: "node\(graph.nodes.count)", operatorName: name, domain: learning ? "ai.onnx.ml" : "",
                inputs: inputs, outputs: [value] + (1..<outputs).map { "\(value)_\($0)" }, attributes: attributes))
        return value
    }

    private mutating func figures(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float.random(in: -4...4, using: &random) }
    }

    private mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func chance(_ count: Int) -> Bool { pick(1...count) == 1 }

    private mutating func oneOf<Choice>(_ choices: [Choice]) -> Choice { choices[pick(0...(choices.count - 1))] }
}

extension GraphValue {
    /// An output of which nothing is declared.
    fileprivate static func open(_ name: String) -> GraphValue {
        GraphValue(name: name, type: .tensor(.float32, shape: nil))
    }
}
