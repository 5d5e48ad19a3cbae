import Testing

@testable import SlipwayHTTP
@testable import SlipwayRegistry

struct MetricsReportTests {
    @Test func aGroupOfAFewRowsIsNotNamed() {
        let figures = [("Rome", 5), ("a village", 4), ("", 1), ("Oslo", 800)].map { value, rowCount in
            SliceFigures(column: "city", value: value, rowCount: rowCount, values: nil)
        }
        #expect(MetricsReport.slices(figures).map { $0.lines.map(\.value) } == [["Rome", "Oslo"]])
        #expect(MetricsReport.slices([figures[1]]).isEmpty)
    }
}
