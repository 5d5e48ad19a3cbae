import Foundation
import FoundationNetworking
import SlipwayData
import Testing

struct BoundedExchangeTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"

    private static func refusal(
        byteCountMax: Int = 1 << 20, patience: Duration = .seconds(60), _ answer: @escaping OddServer.Answer
    ) async throws -> DataError? {
        let server = try OddServer(answer)
        let exchange = BoundedExchange(byteCountMax: byteCountMax, patience: patience)
        return await #expect(throws: DataError.self) {
            try await exchange.answer(to: URLRequest(url: server.url))
        }
    }

    @Test func anAnswerComesWithItsStatusAndBody() async throws {
        let server = try OddServer { $0.write("HTTP/1.1 418 Teapot\r\nX-A: b\r\nContent-Length: 5\r\n\r\nshort") }
        let answer = try await BoundedExchange(byteCountMax: 5, patience: .seconds(60)).answer(
            to: URLRequest(url: server.url))
        #expect(answer.response.statusCode == 418 && answer.body == Data("short".utf8))
        #expect(answer.response.value(forHTTPHeaderField: "X-A") == "b")
    }

    @Test func anAnswerWithoutAnEndIsCutOff() async throws {
        let error = try await Self.refusal { connection in
            connection.write(Self.head + "\r\n")
            while connection.write(String(repeating: "x", count: 1 << 16)) {}
        }
        #expect(error?.kind == .limitExceeded)
        #expect(error?.message == "the answer has more than 1 MiB")
    }

    @Test func anAnswerThatTricklesIsGivenUp() async throws {
        let error = try await Self.refusal(patience: .milliseconds(1_200)) { connection in
            connection.write(Self.head + "Content-Length: 100000\r\n\r\n")
            while connection.write("x") { usleep(50_000) }
        }
        #expect(error?.kind == .unreadable)
        #expect(error?.message.contains("no whole answer within 1 second") == true)
    }

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        let error = try await Self.refusal(patience: .milliseconds(300)) { _ in sleep(1) }
        #expect(error?.kind == .unreadable)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "\u{0}\u{1}rubbish\r\n\r\n"])
    func anAnswerThatIsNoneIsRefused(text: String) async throws {
        #expect(try await Self.refusal { $0.write(text) }?.kind == .unreadable)
    }

    @Test func nobodyIsFollowedElsewhere() async throws {
        let server = try OddServer {
            $0.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
        }
        let answer = try await BoundedExchange(byteCountMax: 1, patience: .seconds(60)).answer(
            to: URLRequest(url: server.url))
        #expect(answer.response.statusCode == 302)
    }
}

/// A server on this machine that answers every connection as a test says, on threads of its own.
final class OddServer: Sendable {
    /// One connection, of which the request was read.
    struct Connection: Sendable {
        fileprivate let descriptor: Int32

        /// Writes a text, and tells whether the other side still took it.
        @discardableResult
        func write(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }
    }

    typealias Answer = @Sendable (Connection) -> Void

    let url: URL
    private let descriptor: Int32

    init(_ answer: @escaping Answer) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        try #require(isListening)
        self.descriptor = descriptor
        url = try #require(URL(string: "http://127.0.0.1:\(address.sin_port.bigEndian)/"))
        Thread.detachNewThread {
            while true {
                let accepted = accept(descriptor, nil, nil)
                guard accepted >= 0 else { return }
                Thread.detachNewThread {
                    var request = [UInt8](repeating: 0, count: 4_096)
                    _ = recv(accepted, &request, request.count, 0)
                    answer(Connection(descriptor: accepted))
                    close(accepted)
                }
            }
        }
    }

    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
