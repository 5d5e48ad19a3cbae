/// The columns that the splits of a LightGBM model read, and how they are made of its features.
///
/// Most splits read a feature as it is given. Those by category drop the fraction, and those for which zero is missing
/// read NaN in its place; a feature that splits read in more than one way has a column for each.
struct LightGBMColumns: Sendable {
    /// The ways to read a feature.
    enum Reading: Int, CaseIterable, Sendable {
        case asGiven, zeroIsMissing, category
    }

    /// Numbers between this and its negative are zero to LightGBM.
    static let zeroBound = Double(Float(1e-35))

    /// The feature of each column; the first columns are the features in order.
    private(set) var features: [Int]
    /// How each column is made.
    private(set) var readings: [Reading]
    private var places: [Int: Int] = [:]

    /// The number by which a split names a feature and a way to read it until its column is known.
    static func number(of feature: Int, as reading: Reading) -> Int {
        feature * Reading.allCases.count + reading.rawValue
    }

    /// Finds the columns of a model and puts their places into its splits.
    ///
    /// - Parameters:
    ///   - featureCount: The features of a row.
    ///   - coded: The features that hold codes of categories already, without fractions.
    ///   - trees: The trees, whose splits name features by ``number(of:as:)``.
    init(featureCount: Int, coded: Set<Int>, resolving trees: inout [BoostedTrees.Tree]) {
        features = Array(0..<featureCount)
        readings = Array(repeating: .asGiven, count: featureCount)
        var isTaken = [Bool](repeating: false, count: featureCount)
        for tree in trees.indices {
            for node in trees[tree].nodes.indices {
                let number = trees[tree].nodes[node].feature
                let feature = number / Reading.allCases.count
                var reading = Reading(rawValue: number % Reading.allCases.count) ?? .asGiven
                if reading == .category, coded.contains(feature) { reading = .asGiven }
                trees[tree].nodes[node].feature = place(feature, reading, &isTaken)
            }
        }
    }

    private mutating func place(_ feature: Int, _ reading: Reading, _ isTaken: inout [Bool]) -> Int {
        let number = Self.number(of: feature, as: reading)
        if let place = places[number] { return place }
        let place: Int
        if isTaken[feature] {
            place = features.count
            features.append(feature)
            readings.append(reading)
        } else {
            isTaken[feature] = true
            readings[feature] = reading
            place = feature
        }
        places[number] = place
        return place
    }
}

extension LightGBMColumns {
    /// Adds the nodes that make the columns from the features, none where all are read as given.
    ///
    /// - Returns: The name of the matrix of columns.
    func write(to builder: inout ONNXModelBuilder, reading input: String, featureCount: Int) -> String {
        var matrix = input
        let more = features[featureCount...].map(Int64.init)
        if !more.isEmpty {
            let indices = builder.constant(
                Tensor(shape: [more.count], elements: .int64(more)), name: "features_read_twice")
            let copies = builder.node("Gather", [matrix, indices], attributes: [.integer("axis", 1)])
            matrix = builder.node("Concat", [matrix, copies], attributes: [.integer("axis", 1)])
        }
        if readings.contains(.zeroIsMissing) {
            let size = builder.node("Abs", [matrix])
            let bound = builder.constant(Self.zeroBound, in: .float64)
            let isZero = builder.node("LessOrEqual", [size, bound])
            let missing = builder.constant(.nan, in: .float64)
            let mask = writeMask(of: .zeroIsMissing, to: &builder)
            let isMissing = builder.node("And", [isZero, mask])
            matrix = builder.node("Where", [isMissing, missing, matrix], output: "zero_as_missing")
        }
        if readings.contains(.category) {
            // Fractions are cut off towards zero, so that everything above -1 is a category; all else is none.
            let none = builder.constant(-1, in: .float64)
            let isCategory = builder.node("Greater", [matrix, none])
            let size = builder.node("Abs", [matrix])
            let whole = builder.node("Floor", [size])
            let category = builder.node("Where", [isCategory, whole, none])
            let mask = writeMask(of: .category, to: &builder)
            matrix = builder.node("Where", [mask, category, matrix], output: "categories")
        }
        return matrix
    }

    private func writeMask(of reading: Reading, to builder: inout ONNXModelBuilder) -> String {
        builder.constant(Tensor(shape: [1, readings.count], elements: .bool(readings.map { $0 == reading })))
    }
}
