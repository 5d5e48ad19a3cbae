import GRPCCore
import GRPCNIOTransportHTTP2Posix
import SlipwayAccess
import SlipwayServing
import SwiftProtobuf

/// The methods of a service, each registered behind the gate.
struct MethodTable {
    /// What all messages come by.
    typealias Transport = HTTP2ServerTransport.Custom<Listener>
    /// What a method asks of its callers, which its message may decide.
    typealias Need<Input> = @Sendable (Input) -> (permission: Permission, subject: Subject)

    private(set) var router = RPCRouter<Transport>()
    /// The paths of the methods that take streams of messages.
    private(set) var streams: Set<String> = []
    let gate: Gate
    /// The name of the service whose methods are added.
    var service: String

    init(gate: Gate, service: String) {
        self.gate = gate
        self.service = service
    }

    /// Adds a method that anybody may call, with nothing proved: what load balancers ask.
    mutating func addOpen<Input: Message, Output: Message>(
        _ name: String, _ answer: @escaping @Sendable (Input) async throws -> Output
    ) {
        add(name) { (request: StreamingServerRequest<Input>, gate, method, head) -> Output in
            try await gate.answer(method, head, isOpen: true) {
                try await Self.message(of: request)
            } with: { message, _ in
                try await answer(message)
            }
        }
    }

    /// Adds a method that asks who calls.
    mutating func add<Input: Message, Output: Message>(
        _ name: String, needs need: @escaping Need<Input>,
        _ answer: @escaping @Sendable (Input, AdmittedCall) async throws -> Output
    ) {
        add(name) { (request: StreamingServerRequest<Input>, gate, method, head) -> Output in
            try await gate.answer(method, head, isOpen: false) {
                try await Self.message(of: request)
            } with: { message, call in
                let (permission, subject) = need(message)
                try call.require(permission, on: subject)
                return try await answer(message, call)
            }
        }
    }

    /// Adds a method that answers each message of a stream; what it does not answer ends the stream or is written.
    ///
    /// Every message counts as a call of its own: a key that is revoked opens nothing on a stream that is open already.
    ///
    /// - Parameter refused: The answer that says a refusal; `nil` ends the stream.
    mutating func addStream<Input: Message, Output: Message>(
        _ name: String, needs need: @escaping Need<Input>,
        _ answer: @escaping @Sendable (Input, AdmittedCall) async throws -> Output,
        refused: @escaping @Sendable (Input, RPCError) -> Output?
    ) {
        let method = method(name, .bidirectionalStreaming)
        streams.insert("/\(method.fullyQualifiedMethod)")
        let gate = gate
        @Sendable func output(for message: Input, _ head: CallHead) async throws(RPCError) -> Output {
            do throws(RPCError) {
                return try await gate.answer(method, head, isOpen: false) {
                    message
                } with: { message, call in
                    let (permission, subject) = need(message)
                    try call.require(permission, on: subject)
                    return try await answer(message, call)
                }
            } catch {
                guard let output = refused(message, error) else { throw error }
                return output
            }
        }
        register(method) { (request: StreamingServerRequest<Input>, _) in
            let head = CallHead(request.metadata)
            // Who may not call learns it before the first message.
            try await gate.answer(method, head, isOpen: false) {
            } with: { _, _ in
            }
            return StreamingServerResponse(metadata: head.answer) { writer in
                do {
                    for try await message in request.messages {
                        try await writer.write(try await output(for: message, head))
                    }
                } catch let error as ServingError {
                    throw RPCError(error)
                }
                return [:]
            }
        }
    }

    /// Adds a method that anybody may call and that answers again and again.
    mutating func addOpenStream<Input: Message, Output: Message>(
        _ name: String,
        _ answer: @escaping @Sendable (Input, ServerContext, RPCWriter<Output>) async throws -> Void
    ) {
        let method = method(name, .serverStreaming)
        let gate = gate
        register(method) { (request: StreamingServerRequest<Input>, context) in
            let head = CallHead(request.metadata)
            let message = try await gate.answer(method, head, isOpen: true) {
                try await Self.message(of: request)
            } with: { message, _ in
                message
            }
            return StreamingServerResponse(metadata: head.answer) { writer in
                try await answer(message, context, writer)
                return [:]
            }
        }
    }

    private mutating func add<Input: Message, Output: Message>(
        _ name: String,
        _ answer:
            @escaping @Sendable (StreamingServerRequest<Input>, Gate, MethodDescriptor, CallHead) async throws -> Output
    ) {
        let method = method(name, .unary)
        let gate = gate
        register(method) { (request: StreamingServerRequest<Input>, _) -> StreamingServerResponse<Output> in
            let head = CallHead(request.metadata)
            let message = try await answer(request, gate, method, head)
            return StreamingServerResponse(single: ServerResponse(message: message, metadata: head.answer))
        }
    }

    private func method(_ name: String, _ type: MethodDescriptor.RPCType) -> MethodDescriptor {
        MethodDescriptor(fullyQualifiedService: service, method: name, type: type)
    }

    private mutating func register<Input: Message, Output: Message>(
        _ method: MethodDescriptor,
        _ handler:
            @escaping @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
            StreamingServerResponse<Output>
    ) {
        router.registerHandler(
            forMethod: method, deserializer: MessageReader<Input>(byteCountMax: gate.service.limits.bodyByteCountMax),
            serializer: MessageWriter<Output>(),
            handler: handler)
    }

    /// The one message of a call that is no stream.
    private static func message<Input: Message>(of request: StreamingServerRequest<Input>) async throws -> Input {
        var messages = request.messages.makeAsyncIterator()
        guard let message = try await messages.next() else {
            throw ServingError(.malformed, "the call ended before its message was complete")
        }
        guard try await messages.next() == nil else {
            throw ServingError(.malformed, "the call has more than one message")
        }
        return message
    }
}
