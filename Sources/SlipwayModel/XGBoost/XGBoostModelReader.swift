import SlipwayData

/// Reads the members of a model from a document, whichever format that is in.
struct XGBoostModelReader<Reader: DocumentReader> {
    /// What is gathered, in whatever order the members come.
    struct Draft {
        var version: [Int32] = []
        var hasLearner = false
        var featureNames: [String] = []
        var featureTypes: [String] = []
        var attributes: [String: String] = [:]
        var objectiveName: String?
        var baseScore: String?
        var classCount = 0
        var targetCount = 1
        var featureCount = 0
        var boosterName: String?
        var parallelTreeCount = 1
        var roundStarts: [Int32]?
        var treeOutputs: [Int32] = []
        var trees: [XGBoostTree]?
        var treeWeights: [Float]?
        var linearWeights: [Float]?
        var categories: [XGBoostCategories?] = []
    }

    var reader: Reader
    let limits: XGBoostLimits
    var draft = Draft()
    /// The nodes of all trees so far.
    var nodeCount = 0

    init(_ reader: Reader, limits: XGBoostLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// Reads the whole document.
    mutating func model() throws(ModelError) -> XGBoostModel {
        try reader.enterObject()
        while let name = try reader.nextMember() {
            switch name {
            case "version": draft.version = try reader.integers()
            case "learner": try readLearner()
            default: try reader.skip()
            }
        }
        try reader.finish()
        guard draft.hasLearner else {
            throw reader.malformed("the member 'learner' is missing, so this is no model of XGBoost")
        }
        return try assembled()
    }

    private mutating func readLearner() throws(ModelError) {
        draft.hasLearner = true
        try reader.enterObject()
        while let name = try reader.nextMember() {
            switch name {
            case "attributes": try readAttributes()
            case "feature_names": draft.featureNames = try reader.texts()
            case "feature_types": draft.featureTypes = try reader.texts()
            case "learner_model_param": try readParameters()
            case "objective": try readObjective()
            case "gradient_booster": try readBooster(isNested: false)
            default: try reader.skip()
            }
        }
    }

    private mutating func readAttributes() throws(ModelError) {
        try reader.enterObject()
        while let name = try reader.nextMember() {
            if try reader.nextKind() == .text {
                draft.attributes[name] = try reader.text()
            } else {
                try reader.skip()
            }
        }
    }

    private mutating func readParameters() throws(ModelError) {
        try reader.enterObject()
        while let name = try reader.nextMember() {
            switch name {
            case "base_score": draft.baseScore = try reader.text()
            case "num_class": draft.classCount = try count(max: limits.outputCount)
            case "num_target": draft.targetCount = max(1, try count(max: limits.outputCount))
            case "num_feature": draft.featureCount = try count(max: limits.featureCount)
            default: try reader.skip()
            }
        }
    }

    private mutating func readObjective() throws(ModelError) {
        try reader.enterObject()
        while let name = try reader.nextMember() {
            if name == "name" { draft.objectiveName = try reader.text() } else { try reader.skip() }
        }
    }

    /// Reads a booster; that of a DART model holds one of plain trees.
    private mutating func readBooster(isNested: Bool) throws(ModelError) {
        try reader.enterObject()
        while let name = try reader.nextMember() {
            switch name {
            case "name" where !isNested: draft.boosterName = try reader.text()
            case "gbtree" where !isNested: try readBooster(isNested: true)
            case "weight_drop" where !isNested: draft.treeWeights = try reader.floats()
            case "model": try readBoosterModel()
            default: try reader.skip()
            }
        }
    }

    private mutating func readBoosterModel() throws(ModelError) {
        try reader.enterObject()
        while let name = try reader.nextMember() {
            switch name {
            case "gbtree_model_param": try readTreeParameters()
            case "iteration_indptr": draft.roundStarts = try reader.integers()
            case "tree_info": draft.treeOutputs = try reader.integers()
            case "trees": try readTrees()
            case "weights": draft.linearWeights = try reader.floats()
            case "cats": try readCategories()
            default: try reader.skip()
            }
        }
    }

    private mutating func readTreeParameters() throws(ModelError) {
        try reader.enterObject()
        while let name = try reader.nextMember() {
            if name == "num_parallel_tree" {
                draft.parallelTreeCount = max(1, try count(max: limits.treeCount))
            } else {
                try reader.skip()
            }
        }
    }

    /// Reads a count that is spelled as a text.
    mutating func count(max: Int) throws(ModelError) -> Int {
        let text = try reader.text()
        guard let count = Int(text), count >= 0 else {
            throw reader.malformed("expected a count, found '\(text.prefix(40))'")
        }
        guard count <= max else { throw reader.failure("\(count) is above the limit of \(max)", kind: .limitExceeded) }
        return count
    }
}
