extension PredictionService {
    /// Shows what waits, and what is under way, in the metrics.
    func addGauges() {
        let (gate, predictions, explanations, logs) = (gate, predictions, explanations, logs)
        metrics.gauge("slipway_requests_in_flight", "Requests that are being answered.") { Double(gate.requestCount) }
        metrics.gauge("slipway_requests_in_flight_limit", "Requests that are answered at once at most.") {
            Double(gate.requestCountMax)
        }
        metrics.gauge("slipway_waiting_predictions", "Slow predictions that wait for a thread.") {
            Double(predictions.waitingWorkCount)
        }
        metrics.gauge("slipway_waiting_explanations", "Explanations that wait for a thread.") {
            Double(explanations.waitingWorkCount)
        }
        metrics.gauge("slipway_log_waiting_bytes", "Answered rows that wait to be written to the prediction log.") {
            Double(logs.waitingByteCount)
        }
        metrics.gauge("slipway_log_unsynced_seconds", "Time since the logs were last brought to the disk.") {
            logs.secondsSinceSynchronised
        }
    }
}
