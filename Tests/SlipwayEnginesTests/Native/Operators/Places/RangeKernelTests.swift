import SlipwayModel
import Testing

struct RangeKernelTests {
    private func range(_ start: Double, _ limit: Double, _ step: Double) throws -> [Tensor] {
        func scalar(_ value: Double) -> Tensor { Tensor(shape: [], elements: .float64([value])) }
        return try SingleNode(operatorName: "Range").run(scalar(start), scalar(limit), scalar(step))
    }

    @Test func aRangeEndsBeforeItsLimit() throws {
        #expect(try range(1, 2.5, 0.5) == [.doubles([1, 1.5, 2])])
        #expect(try range(1, -.infinity, 1) == [.doubles([])])
    }

    @Test(
        arguments: [(0.0, 1.0, 0.0), (0, .infinity, 1), (0, 1, .nan), (0, 1e300, 1e-300)] as [(Double, Double, Double)])
    func aRangeWithoutAnEndIsRefused(start: Double, limit: Double, step: Double) {
        #expect(throws: ModelError.self) { try range(start, limit, step) }
    }
}
