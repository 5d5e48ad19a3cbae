import SlipwayServing

extension ServingLimits {
    /// The limits that are numbers of bytes, by their keys.
    fileprivate static var sizes: [(key: String, path: WritableKeyPath<ServingLimits, Int>, range: ClosedRange<Int>)] {
        [
            ("body_size", \.bodyByteCountMax, 1_000...1_000_000_000),
            ("bodies_size", \.bodiesByteCountMax, 1_000...1_000_000_000_000),
            ("header_size", \.headerByteCountMax, 1_000...1_000_000),
        ]
    }

    /// The limits that are counts, by their keys.
    fileprivate static var counts: [(key: String, path: WritableKeyPath<ServingLimits, Int>, range: ClosedRange<Int>)] {
        [
            ("rows", \.rowCountMax, 1...1_000_000),
            ("headers", \.headerCountMax, 10...10_000),
            ("connections", \.connectionCountMax, 1...1_000_000),
            ("concurrent_requests", \.requestCountMax, 1...1_000_000),
            ("prediction_threads", \.predictionThreadCount, 1...1_024),
            ("waiting_predictions", \.waitingPredictionCountMax, 1...1_000_000),
            ("waiting_explanations", \.waitingExplanationCountMax, 1...1_000_000),
        ]
    }

    /// The limits that are times, by their keys.
    fileprivate static var times: [(key: String, path: WritableKeyPath<ServingLimits, Duration>)] {
        [
            ("idle_time", \.idleTime), ("transfer_time", \.transferTime), ("request_time", \.requestTime),
            ("slow_prediction", \.slowPredictionTime), ("notice_time", \.noticeTime), ("drain_time", \.drainTime),
        ]
    }

    /// The longest time that a limit may be.
    fileprivate static let timeMax = Duration.seconds(86_400)

    /// The keys of all limits, and their values as they can be written in `slipway.yaml`.
    var settings: [(key: String, text: String)] {
        Self.sizes.map { ($0.key, "\(self[keyPath: $0.path])B") }
            + Self.counts.map { ($0.key, "\(self[keyPath: $0.path])") }
            + Self.times.map { ($0.key, "\(Int64(self[keyPath: $0.path] / .milliseconds(1)))ms") }
    }
}

extension Form where Value == ServingLimits {
    /// What a server takes on: `{ body_size: 10MiB, concurrent_requests: 512, request_time: 30s }`.
    static var limits: Form {
        let example = "{ body_size: 10MiB, concurrent_requests: 512, request_time: 30s }"
        return Form(example: example) { node, reader in
            let keys = ServingLimits().settings.map(\.key)
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            var limits = ServingLimits()
            for size in ServingLimits.sizes {
                let form = Form<Int>.byteSize(in: size.range, example: "10MiB")
                if let value = reader.optional(size.key, of: fields, as: form) { limits[keyPath: size.path] = value }
            }
            for count in ServingLimits.counts {
                let form = Form<Int>.count(in: count.range, example: "\(limits[keyPath: count.path])")
                if let value = reader.optional(count.key, of: fields, as: form) { limits[keyPath: count.path] = value }
            }
            for time in ServingLimits.times {
                guard let value = reader.optional(time.key, of: fields, as: .duration(example: "30s")) else { continue }
                if value > ServingLimits.timeMax, let entry = fields[time.key] {
                    reader.report("a limit is a day at most; write one such as 30s", at: entry.value)
                }
                limits[keyPath: time.path] = value
            }
            if limits.bodiesByteCountMax < limits.bodyByteCountMax {
                reader.report("bodies_size must have room for one body of body_size", at: node)
            }
            return limits
        }
    }
}
