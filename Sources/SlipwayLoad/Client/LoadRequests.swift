public import SlipwayData

/// The requests of a load test, and how a right answer is told.
public struct LoadRequests: Sendable {
    /// A request.
    public struct Message: Sendable, Equatable {
        /// The path below the target's, with its query.
        public var path: String
        /// What is posted as JSON; `nil` asks by GET.
        public var body: [UInt8]?

        /// Writes a request.
        public init(path: String, body: [UInt8]? = nil) {
            self.path = path
            self.body = body
        }
    }

    /// The requests; they are sent in turn and then from the start.
    public var messages: [Message]
    /// A member that the JSON object of a right answer has, and its value.
    public var expected: (member: String, value: JSONValue)

    /// Gathers requests.
    ///
    /// - Precondition: There is one.
    public init(_ messages: [Message], expecting member: String, _ value: JSONValue) {
        precondition(!messages.isEmpty, "a load test needs a request")
        self.messages = messages
        expected = (member, value)
    }

    /// Whether an answer is what was asked for.
    public func areAnswered(by body: some Collection<UInt8>) -> Bool {
        guard let json = try? JSONValue(parsing: body), case .object(let members) = json else { return false }
        return members[expected.member] == expected.value
    }
}
