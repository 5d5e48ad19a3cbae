import NIOCore
import NIOHTTP1

/// Sends its share of the requests at the times they are due, from one event loop.
///
/// The loop is open: a request is due at its time, whether or not those before were answered. Where no connection is
/// free it waits in line, and the wait is part of its latency.
final class LoadWorker {
    /// How often requests that take too long are looked for.
    private static let sweepInterval = TimeAmount.milliseconds(20)

    private let loop: any EventLoop
    private let target: LoadTarget
    private let requests: LoadRequests
    private let schedule: LoadSchedule
    private let connectionCountMax: Int
    private let timeout: UInt64
    private let slowLimit: UInt64?
    private let messages: [(head: HTTPRequestHead, body: ByteBuffer?)]
    private let finished: EventLoopPromise<LoadResult>

    private var result = LoadResult()
    private var next = 0
    private var sentCount = 0
    private var slowCount = 0
    private var waiting = CircularBuffer<UInt64>()
    private var idle: [LoadConnection] = []
    private var busy: [ObjectIdentifier: LoadConnection] = [:]
    private var openingCount = 0
    private var isOver = false

    init(
        _ requests: LoadRequests, at target: LoadTarget, plan: LoadPlan, schedule: LoadSchedule, connectionCount: Int,
        on loop: any EventLoop
    ) {
        self.loop = loop
        self.target = target
        self.requests = requests
        self.schedule = schedule
        connectionCountMax = connectionCount
        timeout = UInt64(max(0, plan.timeout / .nanoseconds(1)))
        slowLimit = plan.giveUpAbove.map { UInt64(max(0, $0 / .nanoseconds(1))) }
        messages = requests.messages.map { message in
            (
                target.head(message.body == nil ? .GET : .POST, message.path, byteCount: message.body?.count ?? 0),
                message.body.map { ByteBuffer(bytes: $0) }
            )
        }
        finished = loop.makePromise()
    }

    /// Opens the connections, and sends from the start of the schedule on.
    func run() -> EventLoopFuture<LoadResult> {
        for _ in 0..<connectionCountMax { open() }
        scheduleNext()
        sweep()
        return finished.futureResult
    }

    private func now() -> UInt64 { NIODeadline.now().uptimeNanoseconds }

    // MARK: - Falling due

    private func scheduleNext() {
        guard next < schedule.count else { return finishIfDone() }
        let time = NIODeadline.uptimeNanoseconds(schedule.due(next))
        loop.assumeIsolated().scheduleTask(deadline: time) { self.fallDue() }
    }

    private func fallDue() {
        guard !isOver else { return }
        let now = now()
        while next < schedule.count, schedule.due(next) <= now {
            let due = schedule.due(next)
            result.lateness.add(nanoseconds: now - due)
            waiting.append(due)
            next += 1
        }
        send()
        scheduleNext()
    }

    private func send() {
        while let due = waiting.first, let connection = idle.popLast() {
            waiting.removeFirst()
            let message = messages[sentCount % messages.count]
            sentCount += 1
            connection.due = due
            busy[ObjectIdentifier(connection)] = connection
            connection.send(message.head, message.body)
        }
        // As many are opened as are asked for and allowed.
        let room = connectionCountMax - busy.count - idle.count - openingCount
        for _ in 0..<max(0, min(room, waiting.count - openingCount)) { open() }
    }

    // MARK: - Connections

    private func open() {
        openingCount += 1
        LoadConnection.open(to: target, on: loop, timeout: .nanoseconds(Int64(clamping: timeout))) {
            connection, event in
            self.take(event, of: connection)
        }
    }

    private func take(_ event: LoadConnection.Event, of connection: LoadConnection) {
        switch event {
        case .ready:
            openingCount -= 1
            guard !isOver else { return connection.drop() }
            idle.append(connection)
            send()
        case .answered(let status, let body):
            busy[ObjectIdentifier(connection)] = nil
            count(connection.due, status, body)
            if connection.isReusable { idle.append(connection) } else { connection.drop() }
            send()
            finishIfDone()
        case .ended:
            if busy.removeValue(forKey: ObjectIdentifier(connection)) != nil {
                fail(.closed)
            } else if let place = idle.firstIndex(where: { $0 === connection }) {
                idle.remove(at: place)
            } else {
                openingCount -= 1
                if !waiting.isEmpty {
                    waiting.removeFirst()
                    fail(.connect)
                }
            }
            finishIfDone()
        }
    }

    // MARK: - Counting

    private func count(_ due: UInt64, _ status: Int, _ body: ByteBuffer) {
        let now = now()
        guard status == 200 else { return fail(.status(status)) }
        guard requests.areAnswered(by: body.readableBytesView) else { return fail(.wrongBody) }
        result.answeredCount += 1
        add(latency: now - due)
    }

    private func fail(_ failure: LoadFailure) { result.failures[failure, default: 0] += 1 }

    private func add(latency: UInt64) {
        result.latencies.add(nanoseconds: latency)
        guard let slowLimit, latency > slowLimit else { return }
        slowCount += 1
        guard slowCount * 100 > schedule.count, next < schedule.count else { return }
        result.isCutShort = true
        next = schedule.count
        waiting.removeAll()
    }

    private func sweep() {
        guard !isOver else { return }
        let now = now()
        while let due = waiting.first, now > due + timeout {
            waiting.removeFirst()
            giveUp(due, now)
        }
        for connection in busy.values where now > connection.due + timeout {
            busy[ObjectIdentifier(connection)] = nil
            connection.drop()
            giveUp(connection.due, now)
        }
        send()
        finishIfDone()
        loop.assumeIsolated().scheduleTask(in: Self.sweepInterval) { self.sweep() }
    }

    private func giveUp(_ due: UInt64, _ now: UInt64) {
        fail(.timeout)
        add(latency: now - due)
    }

    private func finishIfDone() {
        guard !isOver, next >= schedule.count, waiting.isEmpty, busy.isEmpty else { return }
        isOver = true
        result.elapsed = .nanoseconds(Int64(clamping: max(now(), schedule.due(0)) - schedule.due(0)))
        for connection in idle { connection.drop() }
        idle = []
        finished.succeed(result)
    }
}
