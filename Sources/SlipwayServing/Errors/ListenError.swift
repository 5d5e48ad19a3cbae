public import SlipwayData

/// An address on which the server cannot listen.
public struct ListenError: DescribedError, Equatable {
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it.
    public var hint: String?

    /// The bounded kind as text.
    public var code: String { "cannot_listen" }

    /// Makes an error of what the system says about an address.
    ///
    /// - Parameter option: The option by which another port is chosen.
    package init(host: String, port: Int, reason: String, option: String = "--port") {
        message = "the server cannot listen on \(host), port \(port): \(reason)"
        hint = "Stop the program that uses the port, or choose another address with --host and \(option)."
    }
}
