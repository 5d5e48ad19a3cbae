import SlipwayModel
import SlipwayTesting
import Testing

struct TopSelectionKernelTests {
    private let node = SingleNode(operatorName: "TopK", outputCount: 2)

    @Test func ofEqualElementsTheFirstComeFirst() throws {
        #expect(try node.run(.floats([1, 3, 3, 2]), .integers([3])) == [.floats([3, 3, 2]), .integers([1, 2, 3])])
    }

    @Test(arguments: [[5], [-1], []] as [[Int64]])
    func aCountOutOfRangeIsRefused(_ count: [Int64]) {
        #expect(throws: ModelError.self) { try node.run(.floats([1, 3, 3, 2]), .integers(count)) }
    }

    /// Whether few are kept in passing or all are sorted, and whatever lies between the elements of a group.
    @Test(arguments: [0, 1, 5, 32, 33, 300], [0, 1])
    func theFirstOfManyAreThoseOfTheWholeOrder(_ count: Int, axis: Int) throws {
        let numbers = (0..<600).map { Float(($0 &* 7_919) % 101) }
        let node = SingleNode(operatorName: "TopK", attributes: ["axis": .integer(Int64(axis))], outputCount: 2)
        let input = Tensor(shape: axis == 0 ? [300, 2] : [2, 300], elements: .float32(numbers))
        let answer = try node.run(input, .integers([Int64(count)]))
        let places = answer[1].asDoubles ?? []
        for group in 0..<2 {
            func number(_ index: Int) -> Float { axis == 0 ? numbers[index * 2 + group] : numbers[group * 300 + index] }
            let order = (0..<300).sorted { (number($0), -$0) > (number($1), -$1) }.prefix(count)
            let found = (0..<count).map { Int(axis == 0 ? places[$0 * 2 + group] : places[group * count + $0]) }
            #expect(found == Array(order))
        }
    }

    /// A model of nearest neighbours selects a few of all its training rows: work that grows with their square would
    /// keep this test for minutes.
    @Test func fewOfManyAreFoundInOnePass() throws {
        let numbers = (0..<200_000).map { Float(($0 &* 7_919) % 200_003) }
        let answer = try node.run(.floats(numbers), .integers([3]))
        #expect(answer[0].asDoubles == Array(numbers.sorted(by: >).prefix(3)).map(Double.init))
    }

    @Test(arguments: [true, false], [true, false])
    func anyNumberOfElementsIsSelectedAsBySortingThemAll(_ isLargest: Bool, _ isSorted: Bool) throws {
        var random = SeededGenerator(seed: 11)
        let node = SingleNode(
            operatorName: "TopK",
            attributes: [
                "axis": .integer(1), "largest": .integer(isLargest ? 1 : 0), "sorted": .integer(isSorted ? 1 : 0),
            ], outputCount: 2)
        for length in [1, 2, 7, 40] {
            // Few distinct values, so that many are equal.
            let values = (0..<2 * length * 3).map { _ in
                Int.random(in: 0..<12, using: &random) == 0 ? Float.nan : Float(Int.random(in: -4...4, using: &random))
            }
            for count in [0, 1, 2, length / 2, length] where count <= length {
                let answer = try node.run(.floats(values, 2, length, 3), .integers([Int64(count)]))
                var expected = [Int64](repeating: 0, count: 2 * count * 3)
                for (block, column) in (0..<2).flatMap({ block in (0..<3).map { (block, $0) } }) {
                    let line = (0..<length).map { values[(block * length + $0) * 3 + column] }
                    let order = line.indices.sorted { left, right in
                        if line[left].isNaN || line[right].isNaN {
                            return line[left].isNaN == line[right].isNaN ? left < right : line[right].isNaN
                        }
                        if line[left] == line[right] { return left < right }
                        return (line[left] > line[right]) == isLargest
                    }.prefix(count)
                    for (rank, index) in (isSorted ? Array(order) : order.sorted()).enumerated() {
                        expected[(block * count + rank) * 3 + column] = Int64(index)
                    }
                }
                #expect(answer[1] == .integers(expected, 2, count, 3), "\(count) of \(length)")
                #expect(answer[0].shape == [2, count, 3])
            }
        }
    }
}
