import Dispatch
import Glibc

/// A plain TCP connection, for what no well-behaved client would send.
///
/// Its calls block, so they run on threads of their own and never on those that carry the server.
final class RawConnection: Sendable {
    private let descriptor: Int32

    struct Failure: Error {
        var number = errno
    }

    init(port: Int, timeoutSeconds: Int = 600) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure() }
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure() }
    }

    deinit { close(descriptor) }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await Self.blocking { [descriptor] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw Failure() }
                rest = rest.dropFirst(count)
            }
        }
    }

    func closeWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads until the text holds what is wanted or the server closes.
    ///
    /// - Throws: ``Failure`` when the server resets the connection or the time is up.
    func receive(until wanted: @escaping @Sendable (String) -> Bool = { _ in false }) async throws -> String {
        try await Self.blocking { [descriptor] in
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let text = String(decoding: received, as: UTF8.self)
                if wanted(text) { return text }
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count >= 0 else { throw Failure() }
                guard count > 0 else { return text }
                received += buffer[..<count]
            }
        }
    }

    /// Sends a whole request, with the headers that every request has, and reads one answer.
    func exchange(_ head: String, _ body: String = "") async throws -> String {
        try await send("\(head)\r\nHost: localhost\r\nConnection: close\r\n\r\n\(body)")
        return try await receive()
    }

    private static func blocking<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
