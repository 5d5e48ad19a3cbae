/// What the server takes from one connection.
enum RequestLimits {
    /// The largest body that is read, in bytes.
    static let bodyByteCountMax = 10 << 20
    /// How long a connection may be silent between requests or in the middle of one, in seconds.
    static let idleSecondsMax: Int64 = 60
}
