import SlipwayMonitoring

extension Form where Value == LogConfiguration {
    /// The smallest segment: a smaller one is hardly begun before it is full.
    static var segmentByteCountMin: Int { 1_000_000 }
    /// The largest segment: old records go only with their whole segment.
    static var segmentByteCountMax: Int { 1_000_000_000 }

    /// How logs are kept: `{ retention: 90d, max_size: 10GB, segment_size: 64MB, compact_after: 7d }`.
    static var log: Form {
        let example = "{ retention: 90d, max_size: 10GB, segment_size: 64MB, compact_after: 7d }"
        return Form(example: example) { node, reader in
            let keys = ["retention", "max_size", "segment_size", "compact_after"]
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let log = LogConfiguration(
                ageMax: reader.optional("retention", of: fields, as: .duration(example: "90d")),
                byteCountMax: reader.optional("max_size", of: fields, as: .byteSize(example: "10GB")),
                segmentByteCountMax: reader.optional("segment_size", of: fields, as: .byteSize(example: "64MB")),
                compactAfter: reader.optional("compact_after", of: fields, as: .compaction))
            log.reportContradictions(in: fields, to: &reader)
            return log
        }
    }
}

extension Form where Value == LogConfiguration.Compaction {
    /// A span of time, or `never`.
    fileprivate static var compaction: Form {
        Form(example: "7d") { node, reader in
            if node.text == "never" { return .never }
            if let age = node.text.flatMap(DurationText.parse) { return .after(age) }
            reader.report("\(node.kindName) is neither a duration nor never; \(DurationText.rule)", at: node)
            return nil
        }
    }
}

extension LogConfiguration {
    /// Reports sizes that cannot be kept.
    fileprivate func reportContradictions(in fields: Fields, to reader: inout ConfigurationReader) {
        typealias LogForm = Form<LogConfiguration>
        if let size = segmentByteCountMax, let entry = fields["segment_size"] {
            if !(LogForm.segmentByteCountMin...LogForm.segmentByteCountMax).contains(size) {
                reader.report("a segment has 1MB to 1GB; write one such as 64MB", at: entry.value)
            }
        }
        if let byteCountMax, byteCountMax < segmentLimits.byteCountMax, let entry = fields["max_size"] {
            reader.report(
                "the logs may be no smaller than one segment of them, by default 64MB; raise max_size or lower "
                    + "segment_size", at: entry.value)
        }
    }
}
