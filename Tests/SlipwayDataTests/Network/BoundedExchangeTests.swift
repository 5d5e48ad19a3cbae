import Foundation
import FoundationNetworking
import SlipwayData
import SlipwayTesting
import Testing

struct BoundedExchangeTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"

    private static func refusal(
        byteCountMax: Int = 1 << 20, patience: Duration = .seconds(600), _ answer: @escaping OddServer.Answer
    ) async throws -> DataError? {
        let server = try OddServer(answer)
        let exchange = BoundedExchange(byteCountMax: byteCountMax, patience: patience)
        return await #expect(throws: DataError.self) {
            try await exchange.answer(to: URLRequest(url: server.url))
        }
    }

    @Test func anAnswerComesWithItsStatusAndBody() async throws {
        let server = try OddServer { $0.write("HTTP/1.1 418 Teapot\r\nX-A: b\r\nContent-Length: 5\r\n\r\nshort") }
        let answer = try await BoundedExchange(byteCountMax: 5, patience: .seconds(600)).answer(
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
        let answer = try await BoundedExchange(byteCountMax: 1, patience: .seconds(600)).answer(
            to: URLRequest(url: server.url))
        #expect(answer.response.statusCode == 302)
    }
}
