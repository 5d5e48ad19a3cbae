import SlipwayModel
import Testing

struct VariadicKernelTests {
    @Test(arguments: ["Min", "Max"])
    func aValueThatIsNoNumberWins(_ name: String) throws {
        let answer = try SingleNode(operatorName: name).run(.floats([.nan, 1]), .floats([1, .nan]), .floats([0, 0]))
        #expect(answer[0].asDoubles?.allSatisfy(\.isNaN) == true)
    }

    @Test
    func theMeanIsStretchedOverShapes() throws {
        let answer = try SingleNode(operatorName: "Mean").run(.floats([1, 3], 2, 1), .floats([5, 7], 1, 2))
        #expect(answer == [.floats([3, 4, 4, 5], 2, 2)])
    }
}
