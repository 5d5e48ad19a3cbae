/// What a gate says of a version: the package's checks and the gate's conditions, each with its reason.
public struct GateReport: Equatable, Sendable {
    /// The version judged.
    public var version: ModelVersion
    /// The champion it was compared with, if there is one.
    public var champion: Int?
    /// The checks of the package.
    public var checks: [CheckResult]
    /// The conditions of the gate.
    public var conditions: [CheckResult]

    /// Makes a report.
    public init(version: ModelVersion, champion: Int?, checks: [CheckResult], conditions: [CheckResult]) {
        self.version = version
        self.champion = champion
        self.checks = checks
        self.conditions = conditions
    }

    /// Whether the version may become champion: no check failed, and every condition was shown to hold.
    ///
    /// A condition that could not run was not shown to hold, so it refuses.
    public var holds: Bool {
        !checks.contains(where: \.isFailed) && conditions.allSatisfy(\.isPassed)
    }

    /// The checks and conditions that refuse the promotion.
    public var refusals: [CheckResult] { checks.filter(\.isFailed) + conditions.filter { !$0.isPassed } }
}
