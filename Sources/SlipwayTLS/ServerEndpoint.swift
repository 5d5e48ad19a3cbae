/// Where a face of a server listens.
public struct ServerEndpoint: Sendable {
    /// The address to bind.
    public var host: String
    /// The port to bind; 0 takes a free one.
    public var port: Int
    /// The certificates of the server; `nil` serves in the clear.
    public var tls: TLSFiles?

    /// Names an address.
    public init(host: String = "127.0.0.1", port: Int, tls: TLSFiles? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }

    /// Whether only programs of this machine can reach it.
    public var isLoopback: Bool {
        // A name may begin with 127. and still lead anywhere; an address has digits and dots alone.
        let isAddress = host.allSatisfy { $0 == "." || ("0"..."9").contains($0) }
        return host == "localhost" || host == "::1" || (isAddress && host.hasPrefix("127."))
    }
}
