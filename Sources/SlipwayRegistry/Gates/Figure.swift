/// How reasons show the value of a metric.
enum Figure {
    /// The number with four decimals, as metrics are usually quoted, or in full where these would contradict the reason.
    ///
    /// - Parameter isTrue: Whether the reason holds for the number as shown.
    static func text(_ number: Double, where isTrue: (Double) -> Bool = { _ in true }) -> String {
        let rounded = (number * 10_000).rounded() / 10_000
        return rounded.isFinite && isTrue(rounded) ? "\(rounded)" : "\(number)"
    }
}
