import Foundation

/// Splits the text of a LightGBM model into its blocks, and reads each.
///
/// The file is `tree`, the header, one block per tree, `end of trees`, and then notes: the feature importances, the
/// parameters between `parameters:` and `end of parameters`, and the categories of pandas as JSON.
struct LightGBMReader {
    private let bytes: [UInt8]
    private let limits: LightGBMLimits
    private var position = 0
    private var line = 0

    /// - Throws: ``ModelError`` of kind `limitExceeded` for too many bytes.
    init(_ bytes: Data, limits: LightGBMLimits) throws(ModelError) {
        guard bytes.count <= limits.byteCount else {
            throw ModelError(
                .limitExceeded, "the LightGBM model has \(bytes.count) bytes; the limit is \(limits.byteCount)",
                hint: "Train fewer or smaller trees.")
        }
        self.bytes = [UInt8](bytes)
        self.limits = limits
    }

    /// Reads the whole file.
    mutating func read() throws(ModelError) -> LightGBMModel {
        guard let first = try nextLine(), first == LightGBMModel.firstLine else {
            throw .malformedLightGBM("the first line is not '\(LightGBMModel.firstLine)'", line: 1)
        }
        var block = LightGBMBlock(name: "the header", line: 1)
        var mark = try fill(&block)
        let header = try LightGBMHeader(block, limits: limits)
        var trees: [BoostedTrees.Tree] = []
        var neededFeatures: Set<Int> = []
        var budget = LightGBMTree.Budget(splits: limits.splitCount, categories: limits.categoryCount)
        while case .tree(let number) = mark {
            guard number == trees.count else {
                throw .malformedLightGBM("tree \(number) stands where tree \(trees.count) was expected", line: line)
            }
            guard trees.count < limits.treeCount else {
                throw ModelError(
                    .limitExceeded, "the LightGBM model has more than \(limits.treeCount) trees",
                    hint: "Train fewer trees.")
            }
            block = LightGBMBlock(name: "tree \(number)", line: line)
            mark = try fill(&block)
            let target = number % header.treesPerIteration
            let tree = try LightGBMTree(block, featureCount: header.featureNames.count, budget: &budget)
            trees.append(try tree.tree(target))
            neededFeatures.formUnion(tree.neededFeatures)
        }
        try requireComplete(trees.count, header)
        let notes = try readNotes()
        return try LightGBMModel(header: header, trees: trees, neededFeatures: neededFeatures, notes: notes)
    }

    /// What ends a block.
    private enum Mark {
        case tree(Int)
        case endOfTrees
    }

    /// Adds lines to a block up to the mark that ends it.
    private mutating func fill(_ block: inout LightGBMBlock) throws(ModelError) -> Mark {
        while let text = try nextLine() {
            if text.isEmpty { continue }
            if text == "end of trees" { return .endOfTrees }
            guard text.hasPrefix("Tree=") else {
                try block.add(text, line: line)
                continue
            }
            guard let number = Int(text.dropFirst(5)), number >= 0 else {
                throw .malformedLightGBM("'\(text.prefix(40))' names no tree", line: line)
            }
            return .tree(number)
        }
        throw .malformedLightGBM("the file ends within \(block.name), before 'end of trees'", line: line)
    }

    private func requireComplete(_ treeCount: Int, _ header: LightGBMHeader) throws(ModelError) {
        guard treeCount > 0 else { throw .malformedLightGBM("the model has no tree", line: line) }
        if let expected = header.treeCount, expected != treeCount {
            throw .malformedLightGBM("there are \(treeCount) trees; 'tree_sizes' announces \(expected)", line: line)
        }
        guard treeCount.isMultiple(of: header.treesPerIteration) else {
            throw .malformedLightGBM(
                "there are \(treeCount) trees, which is no multiple of 'num_tree_per_iteration', "
                    + "\(header.treesPerIteration)",
                line: line)
        }
    }

    /// Reads what stands behind the trees.
    private mutating func readNotes() throws(ModelError) -> LightGBMNotes {
        var notes = LightGBMNotes()
        var isWithinParameters = false
        while let text = try nextLine() {
            switch text {
            case "parameters:": isWithinParameters = true
            case "end of parameters": isWithinParameters = false
            default: try notes.add(text, line: line)
            }
        }
        guard !isWithinParameters else {
            throw .malformedLightGBM("the file ends before 'end of parameters'", line: line)
        }
        return notes
    }

    /// The next line without its end, or `nil` at the end of the file.
    private mutating func nextLine() throws(ModelError) -> Substring? {
        guard position < bytes.count else { return nil }
        line += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        var end = position
        position += 1
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard end - start <= limits.lineByteCount else {
            throw ModelError(
                .limitExceeded,
                "line \(line) of the LightGBM model has more than \(limits.lineByteCount) bytes",
                hint: "Train smaller trees.")
        }
        guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
            throw .malformedLightGBM("the line is not UTF-8 text", line: line)
        }
        return text[...]
    }
}
