import SlipwayData
import SlipwayModel

/// The values of one input in a window.
struct FieldTally: Sendable {
    private let field: InputField
    private var profile: ColumnProfile
    private var outOfRangeCount = 0
    private var unknownCount = 0
    private let categories: Set<String>?
    private let hasRange: Bool

    init(_ field: InputField, baseline: ColumnProfile?) {
        self.field = field
        profile = ColumnProfile(name: field.name, type: baseline?.type ?? field.type)
        hasRange = field.minimum != nil || field.maximum != nil
        categories =
            field.categories.map { Set($0.map(\.text)) }
            ?? baseline?.categorical.flatMap { known in
                // A baseline that could not keep all categories cannot tell a new one.
                known.otherCount == 0 && known.count > 0 ? Set(known.categories.map(\.name)) : nil
            }
    }

    mutating func add(_ inputs: JSONObject) {
        let value = inputs[field.name]?.asValue ?? .missing
        profile.add(value)
        guard !value.isMissing else { return }
        if let number = value.asNumber, number < field.minimum ?? number || number > field.maximum ?? number {
            outOfRangeCount += 1
        }
        if let categories, !categories.contains(value.text) { unknownCount += 1 }
    }

    func report(against baseline: Baseline?) -> DistributionReport {
        let valueCount = profile.count - profile.missingCount
        func rate(_ count: Int, _ isAsked: Bool, _ otherwise: String) -> Finding<Double> {
            guard isAsked else { return .unavailable(reason: otherwise) }
            return valueCount > 0 ? .found(Double(count) / Double(valueCount)) : .unavailable(reason: "no values")
        }
        return DistributionReport(
            of: profile, against: baseline?.inputs[field.name], hasBaseline: baseline != nil,
            outOfRangeRate: rate(outOfRangeCount, hasRange, "the signature sets no minimum or maximum"),
            unknownCategoryRate: rate(unknownCount, categories != nil, "no categories are known"))
    }
}
