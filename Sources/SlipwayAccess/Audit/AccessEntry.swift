public import SlipwayData

/// One line of the audit log of keys: who did what to which key, when, and why.
public struct AccessEntry: Equatable, Sendable {
    /// The actions that are recorded.
    public enum Action: String, Sendable, CaseIterable {
        /// A key was made.
        case create
        /// A key was taken back.
        case revoke
    }

    /// When it happened.
    public var time: Timestamp
    /// Who did it.
    public var actor: String
    /// What was done.
    public var action: Action
    /// The id of the key.
    public var keyID: String
    /// What the key is called.
    public var keyName: String
    /// What the key is for, or why it was revoked.
    public var detail: String?

    /// Makes an entry.
    public init(
        time: Timestamp, actor: String, action: Action, keyID: String, keyName: String, detail: String? = nil
    ) {
        self.time = time
        self.actor = actor
        self.action = action
        self.keyID = keyID
        self.keyName = keyName
        self.detail = detail
    }
}
