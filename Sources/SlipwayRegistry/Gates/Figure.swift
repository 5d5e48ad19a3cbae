/// How reasons show the value of a metric.
enum Figure {
    /// The number with four decimals, as metrics are usually quoted.
    static func text(_ number: Double) -> String {
        let rounded = (number * 10_000).rounded() / 10_000
        return "\(rounded)"
    }
}
