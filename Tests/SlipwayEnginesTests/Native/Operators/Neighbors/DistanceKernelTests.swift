import SlipwayModel
import Testing

struct DistanceKernelTests {
    private func distances(_ metric: String, _ left: Tensor, _ right: Tensor) throws(ModelError) -> Tensor {
        let node = SingleNode(
            operatorName: "CDist", domain: "com.microsoft", attributes: ["metric": .string(metric)],
            opsets: ["": 18, "com.microsoft": 1])
        return try node.run(left, right)[0]
    }

    private static func numbers(_ count: Int, seed: Int) -> [Float] {
        (0..<count).map { Float(($0 * 7_919 + seed * 104_729) % 10_007) / 313 - 15.7 }
    }

    private static func squares(_ left: [Float], _ right: [Float], width: Int) -> [Double] {
        (0..<left.count / width).flatMap { row in
            (0..<right.count / width).map { other in
                var sum = 0.0
                for feature in 0..<width {
                    let difference = Double(left[row * width + feature]) - Double(right[other * width + feature])
                    sum += difference * difference
                }
                return sum
            }
        }
    }

    /// Whatever vectors the processor has, so that all processors agree.
    @Test(arguments: [1, 7, 16, 33])
    func distancesHaveTheBitsOfAPlainLoop(_ rows: Int) throws {
        let width = 5
        for others in [1, 2, 3, 4, 5, 6, 7, 8, 9, 21] {
            let (left, right) = (Self.numbers(rows * width, seed: 1), Self.numbers(others * width, seed: 2))
            let squares = Self.squares(left, right, width: width)
            let roots = try distances("euclidean", .floats(left, rows, width), .floats(right, others, width))
            #expect(roots == .floats(squares.map { Float($0.squareRoot()) }, rows, others), "\(others) others")
            let doubles = try distances(
                "sqeuclidean", .doubles(left.map { Double($0) }, rows, width),
                .doubles(right.map { Double($0) }, others, width))
            #expect(doubles == .doubles(squares, rows, others), "\(others) others")
        }
    }

    @Test
    func rowsWithoutFeaturesHaveNoDistance() throws {
        let distances = try distances("euclidean", .floats([], 2, 0), .floats([], 3, 0))
        #expect(distances == .floats([0, 0, 0, 0, 0, 0], 2, 3))
    }
}
