import SlipwayData
import SlipwayFeatures
import SlipwayModel

/// Completes records with the features stored for their keys; what a caller gives wins.
struct FeatureLookUp {
    let served: ServedModel
    let store: any FeatureStore

    /// Completes the records that carry a key and lack fields; all keys are looked up at once.
    func complete(_ records: [JSONObject]) throws(ServingError) -> [JSONObject] {
        guard let view = served.binding.featureView, let key = served.binding.key else { return records }
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
        guard !wanted.isEmpty else { return records }

        let found = try lookUp(view, wanted.map(\.key))
        var completed = records
        for (place, row) in zip(wanted, found) {
            guard let row else {
                // A record that is complete but for optional fields needs no stored row.
                if isComplete(records[place.index]) { continue }
                throw ServingError(
                    .unknownKey,
                    PredictionService.place(place.index, of: records.count)
                        + "there are no features for \(key) \(place.key.text.prefix(80)) in '\(view)'",
                    hint: "Send the fields, or replicate the view: slipway data replicate \(view)", field: key)
            }
            for name in fields where completed[place.index][name] == nil {
                completed[place.index][name] = row[name].map { JSONValue($0) }
            }
        }
        return completed
    }

    private func lookUp(_ view: String, _ keys: [Value]) throws(ServingError) -> [[String: Value]?] {
        do {
            return try store.lookUp(view: view, keys: keys).rows
        } catch {
            throw ServingError(error)
        }
    }

    private func isComplete(_ record: JSONObject) -> Bool {
        served.model.signature.inputs.allSatisfy { field in
            !field.isRequired || field.defaultValue != nil || record[field.name] != nil
        }
    }
}
