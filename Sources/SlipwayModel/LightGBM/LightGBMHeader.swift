/// What a LightGBM model says of itself before its trees.
struct LightGBMHeader: Sendable {
    /// The versions of the format that are read.
    static let versions: Set<Substring> = ["v2", "v3", "v4"]

    /// The version of the format.
    let version: String
    /// How many trees each round of boosting adds: one per class, or one.
    let treesPerIteration: Int
    let objective: LightGBMObjective
    let featureNames: [String]
    /// The features that hold categories, in order.
    let categoricalFeatures: [Int]
    /// Whether the sum of the trees is divided by the number of rounds, as a random forest does.
    let isAveraged: Bool
    /// The number of trees announced, where the header tells.
    let treeCount: Int?

    init(_ block: LightGBMBlock, limits: LightGBMLimits) throws(ModelError) {
        version = try Self.version(of: block)
        let classCount = try block.integer("num_class", in: 1...limits.classCount)
        treesPerIteration = try block.integer(
            "num_tree_per_iteration", in: 1...limits.classCount, default: classCount)
        objective = try LightGBMObjective(
            block.field("objective"), classCount: classCount, treesPerIteration: treesPerIteration)
        let featureCount = try block.integer("max_feature_idx", in: 0...(limits.featureCount - 1)) + 1
        featureNames = try Self.featureNames(of: block, count: featureCount)
        categoricalFeatures = try Self.categoricalFeatures(of: block, count: featureCount)
        isAveraged = block.field("average_output") != nil
        treeCount = block.field("tree_sizes").map { $0.text.split(separator: " ").count }
    }

    private static func version(of block: LightGBMBlock) throws(ModelError) -> String {
        guard let field = block.field("version") else {
            throw .malformedLightGBM("the header has no 'version'", line: block.line)
        }
        guard versions.contains(field.text) else {
            throw ModelError(
                .unsupportedModel,
                "the LightGBM model has version '\(field.text.prefix(40))'; v2, v3, and v4 are read",
                hint: "Write the model again with LightGBM 4.")
        }
        return String(field.text)
    }

    private static func featureNames(of block: LightGBMBlock, count: Int) throws(ModelError) -> [String] {
        guard let field = block.field("feature_names") else {
            throw .malformedLightGBM("the header has no 'feature_names'", line: block.line)
        }
        let names = field.text.split(separator: " ").map(String.init)
        guard names.count == count else {
            throw .malformedLightGBM(
                "'feature_names' holds \(names.count) names where 'max_feature_idx' asks for \(count)",
                line: field.line)
        }
        guard Set(names).count == count else {
            throw .malformedLightGBM("'feature_names' holds a name twice", line: field.line)
        }
        return names
    }

    /// The features whose values are listed, `0:2:1`, where others have a range, `[0:2]`, or `none`.
    private static func categoricalFeatures(of block: LightGBMBlock, count: Int) throws(ModelError) -> [Int] {
        guard let field = block.field("feature_infos") else { return [] }
        let infos = field.text.split(separator: " ")
        guard infos.count == count else {
            throw .malformedLightGBM(
                "'feature_infos' holds \(infos.count) entries where 'max_feature_idx' asks for \(count)",
                line: field.line)
        }
        return infos.indices.filter { infos[$0] != "none" && !infos[$0].hasPrefix("[") }
    }
}
