/// A claim that an implementation does not hold.
public struct ConformanceFailure: Error, CustomStringConvertible {
    /// What was seen, and what should have been.
    public let description: String

    /// Makes a failure.
    public init(_ description: String) { self.description = description }

    /// Fails unless two values are equal.
    static func unlessEqual<T: Equatable>(_ seen: T, _ wanted: T, _ what: String) throws(ConformanceFailure) {
        guard seen == wanted else { throw ConformanceFailure("\(what) is \(seen), not \(wanted)") }
    }

    /// Fails unless a condition holds.
    static func unless(_ condition: Bool, _ what: String) throws(ConformanceFailure) {
        guard condition else { throw ConformanceFailure("not so: \(what)") }
    }
}
