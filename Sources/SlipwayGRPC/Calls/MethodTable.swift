import NIOCore
import SlipwayAccess
import SlipwayServing
import SwiftProtobuf

/// The methods of a service, each registered behind the gate.
struct MethodTable: Sendable {
    /// What a method asks of its callers, which its message may decide.
    typealias Need<Input> = @Sendable (Input) -> (permission: Permission, subject: Subject)

    private var methods: [String: Method] = [:]
    let gate: Gate
    /// The name of the service whose methods are added.
    var service: String

    init(gate: Gate, service: String) {
        self.gate = gate
        self.service = service
    }

    /// The method at a path.
    subscript(path: String) -> Method? { methods[path] }

    /// Adds a method that anybody may call, with nothing proved: what load balancers ask.
    mutating func addOpen<Input: Message, Output: Message>(
        _ name: String, _ answer: @escaping @Sendable (Input) async throws -> Output
    ) {
        let (name, gate) = (self.name(name), gate)
        add(name) { head, arrival async throws(CallStatus) -> ByteBuffer in
            try await gate.answer(name, head, isOpen: true, since: head.started) { () async throws -> Input in
                try MessageReader.message(of: try await arrival.message())
            } with: { message, _ in
                try MessageWriter.frame(try await answer(message))
            }
        }
    }

    /// Adds a method that asks who calls.
    mutating func add<Input: Message, Output: Message>(
        _ name: String, needs need: @escaping Need<Input>,
        _ answer: @escaping @Sendable (Input, AdmittedCall) async throws -> Output
    ) {
        let (name, gate) = (self.name(name), gate)
        add(name) { head, arrival async throws(CallStatus) -> ByteBuffer in
            try await gate.answer(name, head, isOpen: false, since: head.started) { () async throws -> Input in
                try MessageReader.message(of: try await arrival.message())
            } with: { message, call in
                let (permission, subject) = need(message)
                try call.require(permission, on: subject)
                return try MessageWriter.frame(try await answer(message, call))
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
        refused: @escaping @Sendable (Input, CallStatus) -> Output?
    ) {
        let (name, gate) = (self.name(name), gate)
        // Who may not call learns it before the first message.
        let admit: @Sendable (CallHead) async -> Method.Outcome = { head in
            do throws(CallStatus) {
                try await gate.answer(name, head, isOpen: false, since: head.started) {
                } with: { _, _ in
                }
                return .success(nil)
            } catch {
                return .failure(error)
            }
        }
        methods[name.path] = Method(
            name: name,
            kind: .stream(admit: admit) { head, bytes in
                let message = bytes.flatMap { bytes in
                    Result { () throws(ServingError) -> Input in try MessageReader.message(of: bytes) }
                }
                do throws(CallStatus) {
                    let frame = try await gate.answer(name, head, isOpen: false, since: .now) {
                        try message.get()
                    } with: { message, call in
                        let (permission, subject) = need(message)
                        try call.require(permission, on: subject)
                        return try MessageWriter.frame(try await answer(message, call))
                    }
                    return .success(frame)
                } catch {
                    guard case .success(let message) = message, let output = refused(message, error),
                        let frame = try? MessageWriter.frame(output)
                    else { return .failure(error) }
                    return .success(frame)
                }
            })
    }

    /// Adds a method that anybody may call and that answers again and again, until the caller has enough.
    ///
    /// - Parameters:
    ///   - begin: What is to be told, or a refusal.
    ///   - write: Makes an answer of it.
    mutating func addWatch<Input: Message, State: Sendable, Output: Message>(
        _ name: String, _ begin: @escaping @Sendable (Input) async throws -> AsyncStream<State>,
        writing write: @escaping @Sendable (State) -> Output
    ) {
        let (name, gate) = (self.name(name), gate)
        methods[name.path] = Method(
            name: name,
            kind: .watch { head, arrival, send in
                do throws(CallStatus) {
                    let states = try await gate.answer(name, head, isOpen: true, since: head.started) {
                        () async throws -> Input in
                        try MessageReader.message(of: try await arrival.message())
                    } with: { message, _ in
                        try await begin(message)
                    }
                    for await state in states {
                        guard let frame = try? MessageWriter.frame(write(state)), (try? await send(frame)) != nil else {
                            break
                        }
                    }
                    return .broken
                } catch {
                    return error
                }
            })
    }

    private mutating func add(
        _ name: Method.Name,
        _ answer: @escaping @Sendable (CallHead, MessageArrival) async throws(CallStatus) -> ByteBuffer
    ) {
        methods[name.path] = Method(
            name: name,
            kind: .single { head, arrival in
                do throws(CallStatus) {
                    return .success(try await answer(head, arrival))
                } catch {
                    return .failure(error)
                }
            })
    }

    private func name(_ method: String) -> Method.Name { Method.Name(service: service, method: method) }
}
