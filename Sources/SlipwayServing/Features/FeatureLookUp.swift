import SlipwayData
import SlipwayModel

/// Completes records with the features stored for their keys; what a caller gives wins.
struct FeatureLookUp {
    let served: ServedModel
    let desk: FeatureDesk
    let deadline: ContinuousClock.Instant?

    /// Records with their features.
    struct Completed {
        /// The records in their order.
        var records: [JSONObject]
        /// Which of them hold features that are older than they should be.
        var stale: Set<Int> = []
        /// Which of them hold something else than stored features, because the store could not answer.
        var standIns: [Int: FeatureStandIn] = [:]
    }

    /// Completes the records that carry a key and lack fields; all keys are looked up at once.
    ///
    /// - Parameter now: The time by which the age of the features is told.
    func complete(_ records: [JSONObject], at now: Timestamp = .now()) async throws(ServingError) -> Completed {
        guard let view = served.binding.featureView, let key = served.binding.key else {
            return Completed(records: records)
        }
        let fields = served.model.signature.inputs.map(\.name)
        var wanted: [(index: Int, key: Value)] = []
        for (index, record) in records.enumerated() where fields.contains(where: { record[$0] == nil }) {
            guard let given = record[key]?.asValue else { continue }
            guard !given.isMissing else {
                if isComplete(record) { continue }
                throw ServingError(
                    .signatureMismatch,
                    PredictionService.place(index, of: records.count)
                        + "the key '\(key)' is null, so the fields that are absent cannot be looked up",
                    hint: "Send the key, or all fields.", field: key)
            }
            wanted.append((index, given))
        }
        var completed = Completed(records: records)
        guard !wanted.isEmpty else { return completed }

        let use = served.binding.featureUse
        let found = try await desk.find(wanted.map(\.key), in: view, use: use, until: deadline)
        for (place, features) in zip(wanted, found) {
            guard let row = features.row else {
                // A record that is complete but for optional fields needs no stored row.
                if isComplete(records[place.index]) { continue }
                throw ServingError(
                    .unknownKey,
                    PredictionService.place(place.index, of: records.count)
                        + "there are no features for \(key) \(place.key.text.prefix(80)) in '\(view)'",
                    hint: "Send the fields, or replicate the view: slipway data replicate \(view)", field: key)
            }
            for name in fields where completed.records[place.index][name] == nil {
                completed.records[place.index][name] = row[name].map { JSONValue($0) }
            }
            if let standIn = features.standIn {
                // What is still missing would be looked up, so it is the store that fails and not the caller.
                guard isComplete(completed.records[place.index]) else { throw standIn.failure }
                completed.standIns[place.index] = standIn.kind
                if standIn.kind == .default { continue }
                completed.stale.insert(place.index)
            }
            let age = features.age(by: use, at: now)
            guard let ageMax = use.ageMax, age > ageMax else { continue }
            guard use.staleness == .flag else {
                throw use.refusal(of: "the stored features of '\(view)'", in: view, age: age)
            }
            completed.stale.insert(place.index)
        }
        return completed
    }

    private func isComplete(_ record: JSONObject) -> Bool {
        served.model.signature.inputs.allSatisfy { field in
            !field.isRequired || field.defaultValue != nil || record[field.name] != nil
        }
    }
}
