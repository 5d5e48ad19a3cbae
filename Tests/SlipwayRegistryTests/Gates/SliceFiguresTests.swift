import SlipwayModel
import SlipwayRegistry
import SlipwayTesting
import Testing

struct SliceFiguresTests {
    private static func figures(_ rows: Int, by columns: [String]) throws -> [SliceFigures] {
        let bench = try Workbench()
        let registry = bench.registry()
        let package = try registry.push(Workbench.submission(examples: Workbench.rows(rows)), by: "ada").package
        return SliceFigures.all(
            of: package, model: try package.load(with: registry.engines), metrics: ["accuracy"], by: columns)
    }

    @Test func theGroupsOfAColumnAddUpToAllRows() throws {
        let figures = try Self.figures(150, by: ["region", "contract", "absent"])
        #expect(figures.map(\.column) == ["region", "region", "contract", "contract", "contract"])
        #expect(figures.prefix(2).map(\.value) == ["north", "south"])
        #expect(figures.prefix(2).reduce(0) { $0 + $1.rowCount } == 150)
        let accuracies = try figures.prefix(2).map { try #require($0.values?.first?.number) * Double($0.rowCount) }
        let all = try #require(
            try Workbench().registry().push(
                Workbench.submission(examples: Workbench.rows(150)), by: "ada"
            ).package.metrics?["accuracy"].number)
        #expect(abs(accuracies.reduce(0, +) / 150 - all) < 1e-12)
    }

    @Test func aGroupOfFewRowsHasNoFigure() throws {
        let figures = try Self.figures(40, by: ["contract"])
        #expect(figures.count == 3 && figures.allSatisfy { $0.values == nil })
    }

    @Test func aColumnOfTooManyValuesIsLeftOut() throws {
        #expect(try Self.figures(150, by: ["age"]).isEmpty)
    }
}
