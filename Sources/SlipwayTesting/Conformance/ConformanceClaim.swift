/// Something that every implementation of a seam must hold.
///
/// A test runs all claims of a suite as its arguments:
///
///     @Test(arguments: DataSourceConformance.claims)
///     func conforms(_ claim: ConformanceClaim<any DataSource>) async throws { try await claim.check(source) }
public struct ConformanceClaim<Subject>: Sendable, CustomStringConvertible {
    /// The claim in words.
    public let description: String
    private let body: @Sendable (Subject) async throws -> Void

    /// Makes a claim; the body throws when it does not hold.
    public init(_ description: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
        self.description = description
        self.body = body
    }

    /// Checks the claim.
    ///
    /// - Throws: ``ConformanceFailure`` when it does not hold, or what the subject threw where it should not.
    public func check(_ subject: Subject) async throws { try await body(subject) }

    /// Of some claims those that a subject does not hold, each tried on a new one: what a subject that is known to be
    /// wrong must break.
    public static func broken(_ claims: [ConformanceClaim], by make: () -> Subject) async -> Set<String> {
        var broken: Set<String> = []
        for claim in claims {
            do { try await claim.check(make()) } catch { broken.insert(claim.description) }
        }
        return broken
    }
}
