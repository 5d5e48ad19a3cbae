import Foundation
import SlipwayData
import Synchronization

/// Clients that ask for predictions, one after the other, until they are stopped or the server is gone.
final class Load: Sendable {
    /// What the clients saw.
    struct Result {
        /// The ids of all predictions that were answered.
        var answeredIDs: [String] = []
        /// What went wrong.
        var failures: [String] = []
        /// Whether clients shall end.
        var isStopped = false
    }

    private let state = Mutex(Result())
    private let clients = DispatchGroup()

    /// Starts clients.
    init(on port: UInt16, clientCount: Int) {
        for client in 0..<clientCount {
            // A thread for each: clients block, and the test's own thread must go on.
            clients.enter()
            Thread.detachNewThread { [self] in
                ask(port, from: 1001 + client)
                clients.leave()
            }
        }
    }

    /// Waits until so many predictions were answered, or something failed.
    func wait(untilAnswered count: Int) {
        while state.withLock({ $0.answeredIDs.count < count && $0.failures.isEmpty }) { usleep(1_000) }
    }

    /// Ends the clients and says what they saw.
    func stop() -> Result {
        state.withLock { $0.isStopped = true }
        clients.wait()
        return state.withLock { $0 }
    }

    private func ask(_ port: UInt16, from customer: Int) {
        var customer = customer
        do {
            let connection = try HTTPConnection(port: port)
            while !state.withLock({ $0.isStopped }) {
                let answer = try connection.request("GET", "/models/churn/predict?customer_id=\(customer)")
                guard answer.status == 200, let id = try answer.json["id"]?.asValue?.text else {
                    throw HTTPConnection.Broken(reason: "\(answer.status): \(answer.body)")
                }
                state.withLock { $0.answeredIDs.append(id) }
                customer = customer < 1500 ? customer + 7 : 1001
            }
        } catch {
            state.withLock { $0.failures.append("\(error)") }
        }
    }
}
