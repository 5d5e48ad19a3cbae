/// What the branches of a forest read, reduced to the question whether the value in a column is at most a threshold.
///
/// The first columns are the features as they are. Others hold a feature with NaN turned into -∞, which sends it to
/// the true side, or the outcome of a test that is no order: equality, membership, a threshold that is NaN.
struct SplitColumns<Stored: TreeScalar>: Sendable {
    /// A feature with a change.
    struct Derived: Sendable, Hashable {
        let feature: Int
        /// Whether NaN becomes -∞.
        let lowersMissing: Bool
        /// Whether a value between two of the stored precision is rounded down instead of up.
        let roundsDown: Bool
    }

    /// Where a branch of a forest leads, in the new terms.
    struct Question {
        let column: Int
        let threshold: Stored
        /// Whether the branch's sides change places.
        let isSwapped: Bool
    }

    private struct Test: Sendable, Hashable {
        let comparison: DecisionForest.Comparison
        let feature: Int32
        let thresholdBits: UInt64
        let members: Range<Int32>
        let sendsMissingToTrue: Bool
    }

    /// The features that a row brings.
    let featureCount: Int
    /// Whether features are rounded down where they are narrowed: a strict comparison needs it, the others do not.
    private let roundsDown: Bool
    private let mixesStrictness: Bool
    private(set) var derived: [Derived] = []
    private(set) var tests: [DecisionForest.Node] = []
    private var memberValues: [Double]
    private var derivedPlaces: [Derived: Int] = [:]
    private var testPlaces: [Test: Int] = [:]

    init(_ forest: DecisionForest) {
        featureCount = forest.featureCount
        let comparisons = Set(forest.nodes.lazy.compactMap(\.comparison))
        roundsDown = comparisons.contains(.less) || comparisons.contains(.greaterOrEqual)
        mixesStrictness = roundsDown && (comparisons.contains(.lessOrEqual) || comparisons.contains(.greater))
        memberValues = forest.memberValues
    }

    /// The number of columns.
    var count: Int { featureCount + derived.count + tests.count }

    /// Whether rows of the stored precision can be read as they are.
    var areFeatures: Bool { derived.isEmpty && tests.isEmpty }

    /// Makes the columns of a forest's branches, one question per node; leaves get none.
    mutating func questions(of forest: DecisionForest) -> [Question?] {
        // Columns of tests stand behind all others, whose number is known only after every branch was seen.
        for node in forest.nodes where node.comparison != nil { _ = question(node) }
        return forest.nodes.map { $0.comparison == nil ? nil : question($0) }
    }

    private mutating func question(_ node: DecisionForest.Node) -> Question {
        let threshold = Stored(node.threshold)
        let isStrict = node.comparison == .less || node.comparison == .greaterOrEqual
        switch node.comparison {
        case .lessOrEqual where !threshold.isNaN, .greater where !threshold.isNaN,
            .less where threshold > -.infinity, .greaterOrEqual where threshold > -.infinity:
            let isSwapped = node.comparison == .greater || node.comparison == .greaterOrEqual
            let place = column(
                Derived(
                    feature: Int(node.feature), lowersMissing: node.sendsMissingToTrue != isSwapped,
                    roundsDown: mixesStrictness ? isStrict : roundsDown))
            return Question(column: place, threshold: isStrict ? threshold.nextDown : threshold, isSwapped: isSwapped)
        default:
            return Question(column: column(testing: node), threshold: 0.5, isSwapped: false)
        }
    }

    private mutating func column(_ wanted: Derived) -> Int {
        if !wanted.lowersMissing, wanted.roundsDown == (roundsDown && !mixesStrictness) { return wanted.feature }
        if let place = derivedPlaces[wanted] { return featureCount + place }
        derived.append(wanted)
        derivedPlaces[wanted] = derived.count - 1
        return featureCount + derived.count - 1
    }

    private mutating func column(testing node: DecisionForest.Node) -> Int {
        let test = Test(
            comparison: node.comparison ?? .equal, feature: node.feature, thresholdBits: node.threshold.bitPattern,
            members: node.members, sendsMissingToTrue: node.sendsMissingToTrue)
        if let place = testPlaces[test] { return featureCount + derived.count + place }
        tests.append(node)
        testPlaces[test] = tests.count - 1
        return featureCount + derived.count + tests.count - 1
    }

    /// The column in which to search for the place of a column's value, and whether NaN then counts as -∞.
    func searched(_ column: Int) -> (column: Int, isLowered: Bool) {
        guard featureCount <= column, column < featureCount + derived.count else { return (column, false) }
        let found = derived[column - featureCount]
        guard found.lowersMissing, found.roundsDown == (roundsDown && !mixesStrictness) else { return (column, false) }
        return (found.feature, true)
    }

    /// Forgets what only ``questions(of:)`` needs.
    mutating func seal() {
        derivedPlaces = [:]
        testPlaces = [:]
        if tests.isEmpty { memberValues = [] }
    }

    /// Fills the columns of some rows.
    ///
    /// - Parameters:
    ///   - rows: The features, each row `width` apart.
    ///   - output: Room for `rowCount` times ``count`` values.
    func fill<Number: FloatScalar>(
        _ output: UnsafeMutablePointer<Stored>, from rows: UnsafePointer<Number>, width: Int, rowCount: Int
    ) {
        let roundsDown = roundsDown && !mixesStrictness
        if Number.self == Double.self, areFeatures, width == featureCount {
            let doubles = UnsafeRawPointer(rows).assumingMemoryBound(to: Double.self)
            return Stored.narrow(doubles, roundsDown: roundsDown, into: output, count: rowCount &* width)
        }
        let count = count
        for row in 0..<rowCount {
            let source = rows + row &* width
            let target = output + row &* count
            for feature in 0..<featureCount {
                target[feature] = Self.narrowed(source[feature], roundsDown: roundsDown)
            }
            for (place, column) in derived.enumerated() {
                let value = source[column.feature]
                target[featureCount + place] =
                    column.lowersMissing && value.isNaN
                    ? -.infinity : Self.narrowed(value, roundsDown: column.roundsDown)
            }
        }
        for (place, test) in tests.enumerated() {
            let column = output + featureCount + derived.count + place
            fill(column, by: test, from: rows + Int(test.feature), width: width, rowCount: rowCount)
        }
    }

    /// Writes the outcome of one test for some rows: 0 where it holds, 1 where it does not.
    private func fill<Number: FloatScalar>(
        _ column: UnsafeMutablePointer<Stored>, by test: DecisionForest.Node, from feature: UnsafePointer<Number>,
        width: Int, rowCount: Int
    ) {
        @inline(__always)
        func each(_ holds: (Number) -> Bool) {
            for row in 0..<rowCount { column[row &* count] = holds(feature[row &* width]) ? 0 : 1 }
        }
        guard test.comparison == .member else { return each { test.takesTrueBranch($0, []) } }
        let sendsMissing = test.sendsMissingToTrue
        withUnsafeTemporaryAllocation(of: Number.self, capacity: test.members.count) { members in
            for (place, member) in test.members.enumerated() { members[place] = Number(memberValues[Int(member)]) }
            each { value in
                var isMember = sendsMissing && value.isNaN
                for index in 0..<members.count where members[index] == value { isMember = true }
                return isMember
            }
        }
    }

    /// A value in the stored precision, rounded to the side on which it compares with thresholds as before.
    @inline(__always)
    private static func narrowed<Number: FloatScalar>(_ value: Number, roundsDown: Bool) -> Stored {
        Number.self == Stored.self ? Stored(value) : Stored(narrowing: value.asDouble, roundsDown: roundsDown)
    }
}
