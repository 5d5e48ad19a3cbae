@testable import SlipwayMonitoring

/// The figures of scipy that the statistics must reproduce.
struct StatisticsReference: Decodable {
    struct Test: Decodable, Sendable {
        var statistic: Double
        var pValue: Double
    }

    struct Numeric: Decodable, CustomStringConvertible, Sendable {
        var name: String
        var baseline: [[Double]]
        var current: [[Double]]
        var ks: Test
        var psi: Double

        var description: String { name }
        var baselineSample: WeightedSample { Self.sample(baseline) }
        var currentSample: WeightedSample { Self.sample(current) }

        private static func sample(_ points: [[Double]]) -> WeightedSample {
            WeightedSample(points.map { WeightedSample.Point(value: $0[0], weight: $0[1]) })
        }
    }

    struct Categories: Decodable, CustomStringConvertible, Sendable {
        var name: String
        var baseline: [String: Double]
        var current: [String: Double]
        var chiSquare: Test
        var psi: Double

        var description: String { name }
        var baselineCounts: CategoryCounts { CategoryCounts(baseline) }
        var currentCounts: CategoryCounts { CategoryCounts(current) }
    }

    var numeric: [Numeric]
    var categories: [Categories]
    var gamma: [[Double]]
    var logGamma: [[Double]]
    var kolmogorov: [[Double]]

    static func load() throws -> StatisticsReference { try Fixture.load("statistics.json") }
}

/// Whether two figures agree within 1e-9, relative to the larger one or absolute near zero.
func agree(_ figure: Double, _ reference: Double, within tolerance: Double = 1e-9) -> Bool {
    abs(figure - reference) <= tolerance * max(abs(figure), abs(reference)) || abs(figure - reference) < 1e-15
}

/// Whether two figures agree within 1e-9 relative, however small they are.
func agreeInTail(_ figure: Double, _ reference: Double) -> Bool {
    abs(figure - reference) <= 1e-9 * max(abs(figure), abs(reference))
}
