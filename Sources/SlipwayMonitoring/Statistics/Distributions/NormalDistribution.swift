import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
    /// Beyond this distance a double cannot tell the probability from zero.
    private static let distanceMax = 39.0

    /// The probability of a value above `z`: erfc(z/√2)/2.
    package static func survival(at z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

    /// The value that is exceeded with a probability.
    package static func upperQuantile(_ probability: Double) -> Double {
        Bisection.root(from: -distanceMax, to: distanceMax) { survival(at: $0) - probability }
    }
}
