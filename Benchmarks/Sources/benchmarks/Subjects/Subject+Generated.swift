import Foundation
import SlipwayModel

extension Subject {
    /// What `models.py` writes about a model.
    private struct About: Decodable {
        struct Input: Decodable {
            var name: String
            var width: Int
            var categories: [String]?
        }

        var title: String
        var inputs: [Input]
        var trees: Int?
        var splits: Double?
        var products: Int?
    }

    /// Reads a model that `models.py` made.
    ///
    /// - Parameter rowCount: How many of its rows make the batch.
    /// - Throws: When a file is missing or does not hold what it should.
    init(generatedIn folder: String, rowCount: Int) throws {
        let file = URL(filePath: folder)
        let about = try JSONDecoder().decode(About.self, from: Data(contentsOf: file.appending(path: "about.json")))
        let cells = try Data(contentsOf: file.appending(path: "rows.f32")).withUnsafeBytes { bytes in
            Array(bytes.bindMemory(to: Float.self))
        }
        let width = about.inputs.reduce(0) { $0 + $1.width }
        guard width > 0, !cells.isEmpty, cells.count.isMultiple(of: width) else {
            throw BenchmarkProblem("\(folder)/rows.f32 does not hold rows of \(width) cells")
        }
        let count = min(rowCount, cells.count / width)
        var batch: [String: Tensor] = [:]
        var column = 0
        for input in about.inputs {
            let part = (0..<count).flatMap { row in
                cells[row * width + column..<row * width + column + input.width]
            }
            let elements: Tensor.Elements =
                if let categories = input.categories {
                    .string(part.map { categories[min(max(Int($0), 0), categories.count - 1)] })
                } else { .float32(part) }
            batch[input.name] = Tensor(shape: [count, input.width], elements: elements)
            column += input.width
        }
        let isFlat = about.inputs.allSatisfy { $0.categories == nil }
        try self.init(
            name: file.lastPathComponent, title: about.title, folder: folder, modelPath: "\(folder)/model.onnx",
            batch: batch, flat: isFlat ? (Array(cells.prefix(count * width)), width) : nil,
            work: Work(trees: about.trees, splits: about.splits, products: about.products))
    }
}
