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

    /// Holds claims against subjects that are known to be wrong, and says what they do not see.
    ///
    /// A fault is called in words of the claim that it breaks. Each must break that claim, and must leave another
    /// one whole, else it shows nothing; and each claim must be broken by some fault.
    ///
    /// - Parameter make: Makes a new subject with one thing wrong; each claim gets its own.
    /// - Returns: A sentence for each fault that is not seen and each claim that sees none; empty where all is well.
    public static func blindSpots<Fault: CaseIterable & RawRepresentable<String>>(
        of claims: [ConformanceClaim], by make: (Fault) throws -> Subject
    ) async rethrows -> [String] {
        var (spots, whole) = ([String](), Set(claims.map(\.description)))
        for fault in Fault.allCases {
            var broken: Set<String> = []
            for claim in claims {
                let subject = try make(fault)
                do { try await claim.check(subject) } catch { broken.insert(claim.description) }
            }
            if !broken.contains(where: { $0.contains(fault.rawValue) }) {
                spots.append("\(fault) breaks no claim about '\(fault.rawValue)', only \(broken.sorted())")
            }
            if broken.count == claims.count { spots.append("\(fault) breaks every claim") }
            whole.subtract(broken)
        }
        return spots + whole.sorted().map { "'\($0)' is broken by no fault" }
    }
}
