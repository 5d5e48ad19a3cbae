import SlipwayData
public import SlipwayModel

/// Gathers a window of the prediction log into a ``MonitorReport``, in memory that does not grow with the log.
public struct Monitor: Sendable {
    /// The fewest rows, on either side, that a distribution is judged by.
    public static let rowCountMin = 30
    /// The fewest known outcomes that accuracy is judged by.
    public static let labelCountMin = 10
    /// The values that the sketch of the latency keeps; its ranks are within 0.07 % of the requests.
    private static let latencySketchCapacity = 8_192

    let model: String
    let signature: Signature
    let baseline: Baseline?
    let window: TimeWindow
    let version: Int?

    private(set) var volume = VolumeReport()
    private(set) var features: [FieldTally]
    private(set) var prediction: ColumnProfile?
    private(set) var score: ColumnProfile
    /// The rows that predictions and outcomes are judged by.
    private(set) var judgedRowCount = 0
    private var rowsByVersion: [Int: Int] = [:]
    private var latency = NumericProfile(sketchCapacity: Self.latencySketchCapacity)

    /// Starts with an empty window.
    ///
    /// - Parameters:
    ///   - signature: The signature of the model; its limits and categories are checked.
    ///   - baseline: What the window is compared with, if there is something.
    ///   - version: The only version whose predictions and outcomes are judged, such as the one that the baseline
    ///     belongs to; inputs, volume, and latency speak of all versions.
    public init(
        model: String, signature: Signature, baseline: Baseline?, window: TimeWindow = .all, version: Int? = nil
    ) {
        self.model = model
        self.signature = signature
        self.baseline = baseline
        self.window = window
        self.version = version
        features = signature.inputs.map { FieldTally($0, baseline: baseline?.inputs[$0.name]) }
        score = ColumnProfile(name: Baseline.scoreName, type: .number)
    }

    /// Adds one answered row; rows outside of the window are passed over.
    public mutating func add(_ record: PredictionRecord) {
        guard window.contains(record.time) else { return }
        guard record.source != .shadow else {
            volume.shadowRows += 1
            return
        }
        volume.rows += 1
        volume.first = min(volume.first ?? record.time, record.time)
        volume.last = max(volume.last ?? record.time, record.time)
        rowsByVersion[record.version, default: 0] += 1
        if record.row == 0 {
            volume.requests += 1
            latency.add(Double(record.latencyMicroseconds))
        }
        for index in features.indices { features[index].add(record.inputs) }
        if version == nil || version == record.version { judge(record) }
    }

    /// Adds what reading the log met besides records.
    public mutating func add(_ summary: SegmentStream<PredictionRecord>.Summary) {
        volume.tornLines += summary.tornLineCount
        volume.corruptLines += summary.corruptLineCount
    }

    /// The report of all that was added.
    ///
    /// - Parameter outcomes: The known outcomes of the window's predictions, if feedback was read.
    public func report(outcomes: JoinedOutcomes? = nil) -> MonitorReport {
        var volume = volume
        volume.versions = rowsByVersion.sorted { $0.key < $1.key }
            .map { VolumeReport.VersionCount(version: $0.key, rows: $0.value) }
        var report = MonitorReport(
            model: model, version: version, window: window, summary: [], volume: volume, latency: latencyReport,
            features: features.map { $0.report(against: baseline) }, predictions: predictionReports,
            accuracy: accuracyReport(outcomes))
        report.summary = report.sentences
        return report
    }

    private mutating func judge(_ record: PredictionRecord) {
        judgedRowCount += 1
        if let value = record.prediction(for: signature.task), let type = value.type {
            var profile =
                prediction
                ?? ColumnProfile(
                    name: Baseline.predictionName, type: baseline?.outputs[Baseline.predictionName]?.type ?? type)
            profile.add(value)
            prediction = profile
        }
        if let value = record.positiveScore(for: signature.task) { score.add(.number(value)) }
    }

    private var latencyReport: Finding<LatencyReport> {
        guard let quantiles = latency.sketch.quantiles([0.5, 0.9, 0.95, 0.99]), let maximum = latency.maximum else {
            return .unavailable(reason: "no requests")
        }
        return .found(
            LatencyReport(
                p50: quantiles[0], p90: quantiles[1], p95: quantiles[2], p99: quantiles[3], maximum: maximum))
    }

    private var predictionReports: [DistributionReport] {
        [prediction, score.count > 0 ? score : nil].compactMap(\.self).map { profile in
            DistributionReport(
                of: profile, against: baseline?.outputs[profile.name], hasBaseline: baseline != nil,
                outOfRangeRate: .unavailable(reason: "outputs have no limits"),
                unknownCategoryRate: .unavailable(reason: "outputs have no categories"))
        }
    }
}
