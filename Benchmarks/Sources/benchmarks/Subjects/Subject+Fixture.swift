import Foundation
import SlipwayModel
import SlipwayTesting

extension Subject {
    /// Takes a model of `Tests/Fixtures/engines`, whose few rows are repeated in a fixed random order.
    ///
    /// - Throws: ``BenchmarkProblem`` for a model that takes no other number of rows than its own.
    init(fixture: EngineFixture, folder: String, rowCount: Int) throws {
        let counts = Set(fixture.inputs.values.map { $0.shape.first ?? 0 })
        guard counts.count == 1, let count = counts.first, count > 0 else {
            throw BenchmarkProblem("its inputs do not hold one row each")
        }
        var random = SeededGenerator(seed: 3)
        let order = (0..<rowCount).map { _ in Int.random(in: 0..<count, using: &random) }
        try self.init(
            name: fixture.name, title: fixture.name, folder: nil, modelPath: "\(folder)/\(fixture.name)/model.onnx",
            batch: fixture.inputs.mapValues { $0.selecting(rows: order) }, flat: nil, singleRowCount: rowCount)
    }
}
