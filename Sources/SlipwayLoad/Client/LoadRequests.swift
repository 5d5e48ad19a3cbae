public import SlipwayData

/// The requests of a load test: one path, bodies that are sent in turn, and how a right answer is told.
public struct LoadRequests: Sendable {
    /// The path below the target's.
    public var path: String
    /// The bodies in JSON; they are sent in turn and then from the start.
    public var bodies: [[UInt8]]
    /// A member that the JSON object of a right answer has, and its value.
    public var expected: (member: String, value: JSONValue)

    /// Gathers requests.
    ///
    /// - Precondition: There is a body.
    public init(path: String, bodies: [[UInt8]], expecting member: String, _ value: JSONValue) {
        precondition(!bodies.isEmpty, "a load test needs a request")
        self.path = path
        self.bodies = bodies
        expected = (member, value)
    }

    /// Whether an answer is what was asked for.
    public func areAnswered(by body: some Collection<UInt8>) -> Bool {
        guard let json = try? JSONValue(parsing: body), case .object(let members) = json else { return false }
        return members[expected.member] == expected.value
    }
}
