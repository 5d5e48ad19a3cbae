import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Turns the parts of requests that NIO reads into those of the rest of the pipeline, and answers into their bytes.
///
/// An answer goes out as one piece: its head waits for a short body, and both for the end. What it says of its length is
/// the handler's: a final answer names the bytes of its body, unless it can have none (RFC 9112, 6.3).
final class MessageCodec: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = IOData

    /// A body up to this many bytes is copied behind its head; a longer one is written by itself.
    static let joinedByteCountMax = 16 << 10
    /// The room for a head and a short body.
    private static let usualByteCount = 1 << 10

    private let isSecure: Bool
    private var answer: ByteBuffer?
    /// Whether a head came that is none, behind which nothing is read.
    private var isBroken = false

    init(isSecure: Bool) { self.isSecure = isSecure }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isBroken else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            do {
                context.fireChannelRead(wrapInboundOut(.head(try request(head))))
            } catch {
                isBroken = true
                context.fireErrorCaught(error)
            }
        case .body(let bytes): context.fireChannelRead(wrapInboundOut(.body(bytes)))
        case .end: context.fireChannelRead(wrapInboundOut(.end(nil)))
        }
    }

    private func request(_ head: HTTPRequestHead) throws -> HTTPRequest {
        var request: HTTPRequest
        if head.uri.utf8.first == UInt8(ascii: "/") {
            var fields = HTTPFields()
            fields.reserveCapacity(head.headers.count)
            var host: String?
            for (name, value) in head.headers {
                guard let name = HTTPField.Name(name) else { continue }
                if name == Self.host {
                    guard host == nil else { throw HTTPParserError.invalidHost }
                    host = value
                } else {
                    fields.append(HTTPField(name: name, value: value))
                }
            }
            // RFC 9112, 3.2.
            guard host != nil || head.version != .http1_1 else { throw HTTPParserError.invalidHost }
            request = HTTPRequest(
                method: try HTTPRequest.Method(head.method), scheme: isSecure ? "https" : "http", authority: host,
                path: head.uri, headerFields: fields)
        } else {
            // An address as a whole, as proxies are asked.
            guard head.headers["host"].count == 1 || head.version != .http1_1 else { throw HTTPParserError.invalidHost }
            request = try HTTPRequest(head, secure: isSecure, splitCookie: false)
        }
        // HTTP/1.0 ends a connection unless it is asked to keep it, and `Connection` may be a list (RFC 9112, 9.3);
        // behind this handler the version is not known any more.
        if !head.isKeepAlive { request.headerFields[.connection] = "close" }
        return request
    }

    private static let host = HTTPField.Name("host")

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            var bytes = context.channel.allocator.buffer(capacity: Self.usualByteCount)
            bytes.write(head)
            guard head.status.kind != .informational, promise == nil else {
                return context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: promise)
            }
            answer = bytes
        case .body(var body):
            if promise == nil, answer != nil, body.readableBytes <= Self.joinedByteCountMax {
                answer?.writeBuffer(&body)
            } else {
                writeWaiting(context)
                context.write(wrapOutboundOut(.byteBuffer(body)), promise: promise)
            }
        case .end:
            guard let bytes = answer.take() else {
                if promise != nil { context.write(wrapOutboundOut(.byteBuffer(ByteBuffer())), promise: promise) }
                return
            }
            context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: promise)
        }
    }

    private func writeWaiting(_ context: ChannelHandlerContext) {
        guard let bytes = answer.take() else { return }
        context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: nil)
    }
}

extension ByteBuffer {
    /// Writes the head of an answer; its fields can hold no end of a line, which their type sees to.
    fileprivate mutating func write(_ head: HTTPResponse) {
        writeStaticString("HTTP/1.1 ")
        writeString(String(head.status.code))
        writeStaticString(" ")
        writeString(head.status.reasonPhrase)
        writeStaticString("\r\n")
        for field in head.headerFields {
            writeString(field.name.rawName)
            writeStaticString(": ")
            writeString(field.value)
            writeStaticString("\r\n")
        }
        writeStaticString("\r\n")
    }
}
