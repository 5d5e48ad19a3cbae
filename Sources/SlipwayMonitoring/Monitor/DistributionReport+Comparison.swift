public import SlipwayData

extension DistributionReport {
    /// Compares a profile of the window with that of the baseline.
    init(
        of current: ColumnProfile, against baseline: ColumnProfile?, hasBaseline: Bool,
        outOfRangeRate: Finding<Double>, unknownCategoryRate: Finding<Double>
    ) {
        self.init(
            name: current.name, type: current.type, rows: current.count,
            missingRate: current.missingShare.map { .found($0) } ?? .unavailable(reason: "no rows"),
            missingRateChange: .unavailable(reason: "no baseline"), outOfRangeRate: outOfRangeRate,
            unknownCategoryRate: unknownCategoryRate, drift: .unavailable(reason: "no baseline"),
            significance: .unavailable(reason: "no baseline"), location: .unavailable(reason: "no baseline"))
        guard let baseline else {
            if hasBaseline { declare("not in the baseline") }
            return
        }
        let change = MissingRateChange().score(
            baseline: (missing: baseline.missingCount, rows: baseline.count),
            current: (missing: current.missingCount, rows: current.count))
        missingRateChange = Self.judged(
            change, rows: current.count, baselineRows: baseline.count, otherwise: "no rows on one side")
        switch (baseline.numeric, current.numeric, baseline.categorical, current.categorical) {
        case (let baseline?, let current?, _, _): compare(baseline, current)
        case (_, _, let baseline?, let current?): compare(baseline, current)
        default: declare("the baseline holds values of another type", keepingMissing: true)
        }
    }

    private mutating func compare(_ baseline: NumericProfile, _ current: NumericProfile) {
        let samples = (WeightedSample(baseline), WeightedSample(current))
        drift = Self.judged(
            PopulationStabilityIndex().score(baseline: samples.0, current: samples.1), rows: current.count,
            baselineRows: baseline.count)
        significance = Self.judged(
            KolmogorovSmirnovTest().score(baseline: samples.0, current: samples.1), rows: current.count,
            baselineRows: baseline.count)
        location = Location(baseline, current).map { .found($0) } ?? .unavailable(reason: "no values on one side")
    }

    private mutating func compare(_ baseline: CategoryProfile, _ current: CategoryProfile) {
        let counts = (CategoryCounts(baseline), CategoryCounts(current))
        drift = Self.judged(
            PopulationStabilityIndex().score(baseline: counts.0, current: counts.1), rows: current.count,
            baselineRows: baseline.count)
        significance = Self.judged(
            ChiSquareTest().score(baseline: counts.0, current: counts.1), rows: current.count,
            baselineRows: baseline.count)
        location = .unavailable(reason: "categories have no mean")
    }

    private mutating func declare(_ reason: String, keepingMissing: Bool = false) {
        drift = .unavailable(reason: reason)
        significance = .unavailable(reason: reason)
        location = .unavailable(reason: reason)
        if !keepingMissing { missingRateChange = .unavailable(reason: reason) }
    }

    private static func judged(
        _ score: DriftScore?, rows: Int, baselineRows: Int, otherwise: String = "no values on one side"
    ) -> Finding<DriftScore> {
        let least = Monitor.rowCountMin
        if rows < least { return .unavailable(reason: "too few values: \(rows) of at least \(least)") }
        if baselineRows < least {
            return .unavailable(reason: "too few values in the baseline: \(baselineRows) of at least \(least)")
        }
        return score.map { .found($0) } ?? .unavailable(reason: otherwise)
    }
}

extension DistributionReport.Location {
    fileprivate init?(_ baseline: NumericProfile, _ current: NumericProfile) {
        let shares = [0.05, 0.25, 0.5, 0.75, 0.95]
        guard let before = baseline.sketch.quantiles(shares), let now = current.sketch.quantiles(shares) else {
            return nil
        }
        func shift(_ index: Int) -> DistributionReport.Shift {
            DistributionReport.Shift(baseline: before[index], current: now[index])
        }
        self.init(
            mean: DistributionReport.Shift(baseline: baseline.mean, current: current.mean), p05: shift(0),
            p25: shift(1), p50: shift(2), p75: shift(3), p95: shift(4))
    }
}

extension WeightedSample {
    /// The values that a profile's sketch holds; all of its numbers while the sketch is exact.
    public init(_ profile: NumericProfile) {
        self.init(profile.sketch.weightedValues.map { Point(value: $0.value, weight: Double($0.weight)) })
    }
}

extension CategoryCounts {
    /// The counts of a profile.
    public init(_ profile: CategoryProfile) {
        let named = profile.categories.map { ($0.name, Double($0.count)) }
        self.init(
            Dictionary(named, uniquingKeysWith: { $0 + $1 }), otherCount: Double(profile.otherCount))
    }
}
