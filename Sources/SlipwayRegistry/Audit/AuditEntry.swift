public import SlipwayData

/// One line of the audit log: who did what to which model, when, and why.
public struct AuditEntry: Equatable, Sendable {
    /// The actions that are recorded.
    public enum Action: String, Sendable, CaseIterable {
        /// A version was registered.
        case push
        /// A version became champion.
        case promote
        /// A promotion was refused by the gate, or a challenger because it cannot stand beside the champion.
        case refuse
        /// A version became champion although its gate refused it.
        case force
        /// The champion before the last promotion came back.
        case rollback = "roll_back"
        /// A version became challenger.
        case deploy
        /// The challenger was taken away, by a person or because the champion changed.
        case withdraw
        /// A canary broke its guard and was taken away.
        case rollBackChallenger = "roll_back_challenger"
    }

    /// When it happened.
    public var time: Timestamp
    /// Who did it.
    public var actor: String
    /// What was done.
    public var action: Action
    /// The model.
    public var model: String
    /// The version, where one is concerned.
    public var version: Int?
    /// The environment, where one is concerned.
    public var environment: String?
    /// Why, in words: the reason given, or the conditions that failed.
    public var reason: String?

    /// Makes an entry.
    public init(
        time: Timestamp, actor: String, action: Action, model: String, version: Int? = nil, environment: String? = nil,
        reason: String? = nil
    ) {
        self.time = time
        self.actor = actor
        self.action = action
        self.model = model
        self.version = version
        self.environment = environment
        self.reason = reason
    }
}
