import SlipwayModel

/// Scores a linear model straight from the graph inputs, without a matrix of features.
///
/// A category adds the one coefficient of its column, in place of products with all the zeros beside it.
final class LinearPass: FusedPass {
    /// The most columns that are written at once; wider models read a matrix.
    static let widthLimit = 4_096

    let program: FeatureProgram
    let consumer: any LinearConsumer

    /// Joins columns with the model that reads them, or gives `nil` when they do not fit.
    init?(_ program: FeatureProgram, _ consumer: any LinearConsumer) {
        // Zero times infinity is not zero.
        guard program.base == nil, program.width == consumer.model.width, consumer.model.isFinite,
            program.groups.allSatisfy({ $0.isOneHot || $0.width <= Self.widthLimit })
        else { return nil }
        self.program = program
        self.consumer = consumer
    }

    func run(_ inputs: Arguments) -> [Tensor]? {
        let rows = program.rowCount(of: inputs)
        guard rows > 0, (try? Shape.count([rows, consumer.answerWidth])) != nil else { return nil }
        let width = program.groups.reduce(0) { $1.isOneHot ? $0 : max($0, $1.width) }
        let capacity = width * min(rows, LinearScores.rowsAtOnce)
        let model = consumer.model
        var isComplete = true
        let answers = withUnsafeTemporaryAllocation(of: Float.self, capacity: max(capacity, 1)) { scratch in
            guard let start = scratch.baseAddress else { return [Tensor]() }
            return consumer.answers(rows: rows) { take in
                model.inBlocks(of: rows) { first, count, sums in
                    guard isComplete else { return }
                    for index in program.groups.indices where isComplete {
                        isComplete = add(
                            program.groups[index], first..<first + count, inputs, scratch: start, model, to: sums)
                    }
                    take(first, count, sums)
                }
            }
        }
        return isComplete ? answers : nil
    }

    @inline(__always)
    private func add(
        _ group: FeatureProgram.Group, _ rows: Range<Int>, _ inputs: Arguments, scratch: UnsafeMutablePointer<Float>,
        _ model: LinearScores, to sums: UnsafeMutablePointer<Double>
    ) -> Bool {
        if group.isOneHot, case .oneHot(_, _, let wanted) = group.loads[0].source {
            return group.loads[0].forEachPlace(of: rows, inputs) { row, place in
                guard wanted.contains(place) else { return }
                model.addOne(feature: group.first + place - wanted.lowerBound, to: sums + row * model.lanes)
            }
        }
        guard group.write(rows, of: inputs, to: scratch, stride: group.width) else { return false }
        model.add(scratch, width: group.width, from: group.first, rows: rows.count, to: sums)
        return true
    }
}
