/// When a server asks its callers who they are.
public enum AccessRule: Sendable {
    /// Always; without a key or a token nobody is answered.
    case always
    /// Once the project has a key, made before or after the server started; revoked ones count.
    case onceThereAreKeys
    /// Never.
    case never
}
