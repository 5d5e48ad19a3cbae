import SlipwayData

/// One claim of the Open Inference Protocol, and how a server is held to it.
struct ConformancePoint: Sendable {
    /// How a server was found to stand to a claim.
    enum Finding: Equatable, Sendable {
        /// It keeps the claim.
        case passed
        /// It does not, for this reason.
        case failed(String)
        /// It does not offer what the claim is about.
        case notOffered(String)
    }

    /// What makes the claim.
    enum Source: String, Sendable, CaseIterable {
        /// The protocol's specification.
        case specification
        /// The extension for binary tensors.
        case binary = "binary_tensor_data"
        /// The extension for the list of models.
        case repository = "model_repository"
        /// The extension for statistics.
        case statistics
        /// Where servers differ: what a careful one does.
        case convention
    }

    /// The claim, as a sentence.
    let claim: String
    /// What makes it.
    let source: Source
    private let trial: @Sendable (ConformanceTarget) async throws -> Finding

    /// Makes a point.
    ///
    /// - Parameter trial: Asks the server; what it throws is a failure to answer.
    init(
        _ claim: String, _ source: Source = .specification,
        _ trial: @escaping @Sendable (ConformanceTarget) async throws -> Finding
    ) {
        self.claim = claim
        self.source = source
        self.trial = trial
    }

    /// Holds a server to the claim.
    func find(_ target: ConformanceTarget) async -> Finding {
        do {
            return try await trial(target)
        } catch let error as any DescribedError {
            return .failed(error.message)
        } catch {
            return .failed("\(error)")
        }
    }

    /// All points, in the order in which they are tried.
    static let all = service + inference + refusals + extensions
}

extension ConformancePoint.Finding {
    /// Passed when there is no problem.
    init(problem: String?) {
        self = problem.map { .failed($0) } ?? .passed
    }

    /// Passed when a condition holds.
    init(_ condition: Bool, else problem: @autoclosure () -> String) {
        self = condition ? .passed : .failed(problem())
    }
}
