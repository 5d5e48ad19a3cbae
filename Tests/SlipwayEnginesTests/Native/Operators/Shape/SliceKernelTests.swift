import SlipwayModel
import Testing

struct SliceKernelTests {
    private func slice(_ start: Int64, _ end: Int64, _ step: Int64) throws(ModelError) -> Tensor {
        try SingleNode(operatorName: "Slice").run(
            .integers([0, 1, 2, 3, 4]), .integers([start]), .integers([end]), .integers([0]), .integers([step]))[0]
    }

    @Test(
        arguments: [
            (1, 3, 1, [1, 2]), (-2, .max, 1, [3, 4]), (0, .max, .max, [0]), (4, 0, -2, [4, 2]),
            (.max, .min, -1, [4, 3, 2, 1, 0]), (3, 1, 1, []), (0, 5, 3, [0, 3]), (.max, .min, .min, [4]),
        ] as [(Int64, Int64, Int64, [Int64])])
    func boundsAreClampedAndStepsTaken(_ start: Int64, _ end: Int64, _ step: Int64, _ expected: [Int64]) throws {
        #expect(try slice(start, end, step) == .integers(expected, expected.count))
    }

    @Test
    func aStepOfZeroIsRefused() {
        #expect(throws: ModelError.self) { try slice(0, 5, 0) }
    }
}
