public import Foundation

/// A server on a free port of this machine that answers each connection with whatever bytes a test writes.
public final class OddServer: Sendable {
    /// One connection, of which the request was read.
    public struct Connection: Sendable {
        /// The head of the request, in the form in which it came.
        public let request: String
        fileprivate let descriptor: Int32

        /// The path of the request with its parameters.
        public var path: String {
            let words = request.prefix { !$0.isNewline }.split(separator: " ")
            return words.count > 1 ? String(words[1]) : ""
        }

        /// The value of a header; `nil` where it is not there.
        public func header(_ name: String) -> String? {
            let line = request.split(whereSeparator: \.isNewline).first {
                $0.lowercased().hasPrefix("\(name.lowercased()):")
            }
            return line.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }

        /// Writes a text, and tells whether the other side still took it.
        @discardableResult
        public func write(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }

        /// Writes a whole answer.
        public func answer(_ body: String, status: Int = 200, headers: [String] = []) {
            let lines = ["HTTP/1.1 \(status) Odd", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers
            write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }
    }

    /// What to do with a connection, which is closed afterwards.
    public typealias Answer = @Sendable (Connection) -> Void

    /// Where it listens.
    public let url: URL
    private let descriptor: Int32

    /// Starts a server, which ends with the value.
    public init(_ answer: @escaping Answer) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isListening, let url = URL(string: "http://127.0.0.1:\(address.sin_port.bigEndian)/") else {
            throw POSIXError(.EADDRINUSE)
        }
        self.descriptor = descriptor
        self.url = url
        Thread.detachNewThread {
            while true {
                let accepted = accept(descriptor, nil, nil)
                guard accepted >= 0 else { return }
                Thread.detachNewThread {
                    var request = [UInt8](repeating: 0, count: 16_384)
                    let count = recv(accepted, &request, request.count, 0)
                    let text = String(decoding: request.prefix(max(0, count)), as: UTF8.self)
                    answer(Connection(request: text, descriptor: accepted))
                    close(accepted)
                }
            }
        }
    }

    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
