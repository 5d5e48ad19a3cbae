import Foundation
import SlipwayData

/// A connection to a server on this machine that speaks just enough HTTP/1.1 for a test.
final class HTTPConnection {
    /// What a server answers.
    struct Answer {
        /// The status code.
        var status: Int
        /// The body.
        var body: String

        /// The body as JSON.
        var json: JSONValue {
            get throws { try JSONValue(parsing: Data(body.utf8)) }
        }
    }

    /// A connection that was refused, broken, or silent.
    struct Broken: Error {
        var reason: String
    }

    /// How long a read may wait, in seconds.
    private static let patience = 600

    private let descriptor: Int32
    private let port: UInt16

    /// Connects to 127.0.0.1.
    init(port: UInt16) throws {
        self.port = port
        #if canImport(Glibc)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var wait = timeval(tv_sec: Self.patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Broken(reason: "cannot connect: \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Sends a request and reads the whole answer.
    func request(
        _ method: String, _ path: String, body: String? = nil, key: String? = nil
    ) throws -> Answer {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        if let key { text += "Authorization: Bearer \(key)\r\n" }
        if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        try write(Array("\(text)\r\n\(body ?? "")".utf8))
        var received: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while received.firstRange(of: end) == nil { try read(into: &received) }
        guard let range = received.firstRange(of: end) else { throw Broken(reason: "no head") }
        let head = String(decoding: received[..<range.lowerBound], as: UTF8.self)
        guard let status = Int(head.split(separator: " ").dropFirst().first ?? ""),
            let length = head.lowercased().split(separator: "\r\n")
                .first(where: { $0.hasPrefix("content-length:") })
                .flatMap({ Int($0.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces)) })
        else { throw Broken(reason: "the head is \(head)") }
        while received.count < range.upperBound + length { try read(into: &received) }
        return Answer(status: status, body: String(decoding: received[range.upperBound...], as: UTF8.self))
    }

    /// Sends the head of a request whose body never comes.
    func begin(_ path: String) throws {
        let head = "POST \(path) HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
        try write(Array(head.utf8))
    }

    /// Ends the connection, whatever is under way on it.
    func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            // Without a signal: a server that was killed must end this request and not the tests.
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Broken(reason: "cannot send: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
    }

    private func read(into received: inout [UInt8]) throws {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            throw Broken(reason: count == 0 ? "the server closed" : String(cString: strerror(errno)))
        }
        received += buffer[..<count]
    }
}
