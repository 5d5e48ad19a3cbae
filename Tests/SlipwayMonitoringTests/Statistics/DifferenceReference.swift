/// What scipy and statsmodels say; `dev/references/difference_tests.py` writes it.
struct DifferenceReference: Decodable, Sendable {
    struct Samples: Decodable, Sendable, CustomStringConvertible {
        var name: String
        var champion: [Double]
        var challenger: [Double]
        var pValue: Double
        var low: Double
        var high: Double
        var difference: Double?
        var exceedsByTenth: Double?

        var description: String { name }
    }

    struct Shares: Decodable, Sendable, CustomStringConvertible {
        var champion: [Int]
        var challenger: [Int]
        var low: Double
        var high: Double
        var pValue: Double

        var description: String { "\(champion) \(challenger)" }
    }

    struct Pairs: Decodable, Sendable, CustomStringConvertible {
        var rows: [Int]
        var low: Double
        var high: Double
        var pValue: Double

        var description: String { "\(rows)" }
    }

    var paired: [Samples]
    var unpaired: [Samples]
    var shares: [Shares]
    var mcnemar: [Pairs]
    var bounds: [[Double]]
    var beta: [[Double]]
    var binomial: [[Double]]
    var normal: [[Double]]
    var student: [[Double]]

    static func load() throws -> DifferenceReference { try Fixture.load("differences.json") }
}
