/// What something is done to.
public enum Subject: Equatable, Sendable {
    /// One model, whether or not it exists: who may not see it does not learn that either.
    case model(String)
    /// Some model that is only known once the body is read; the caller needs the permission on one model at least.
    case anyModel
    /// The server as a whole, with all its models.
    case server
}
