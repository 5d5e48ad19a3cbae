/// How a JSON document is laid out when written.
public enum JSONStyle: Sendable {
    /// On one line, without spaces: for programs.
    case compact
    /// One member or element per line, indented by two spaces: for people.
    case indented
}
