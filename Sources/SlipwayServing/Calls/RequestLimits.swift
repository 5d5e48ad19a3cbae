/// What the server takes from one connection.
package enum RequestLimits {
    /// The largest body of a request, or message of a call, that is read, in bytes.
    package static let bodyByteCountMax = 10 << 20
    /// How long a connection may be silent between requests or in the middle of one, in seconds.
    package static let idleSecondsMax: Int64 = 60
}
