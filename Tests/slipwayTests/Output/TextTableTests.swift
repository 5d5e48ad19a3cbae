import Testing

@testable import slipway

struct TextTableTests {
    @Test func columnsAreAlignedAndLinesEndWithoutSpaces() {
        var table = TextTable("model", .number("rows"), "stage")
        table.append("churn@1", "7,043", "champion")
        table.append("überlang-modell@12", "9")
        #expect(
            table.text == """
                MODEL                ROWS  STAGE
                churn@1             7,043  champion
                überlang-modell@12      9

                """)
    }

    @Test func withoutRowsTheHeadingsRemain() {
        #expect(TextTable("a", "b").text == "A  B\n")
    }

    @Test func cellsStayOnTheirLineAndSteerNoTerminal() {
        var table = TextTable("a", "b")
        table.append("x\ny", "\u{1B}[31mred")
        #expect(table.text == "A    B\nx y   [31mred\n")
    }

    @Test func surplusCellsAreLeftOut() {
        var table = TextTable("a")
        table.append("1", "2", "3")
        #expect(table.text == "A\n1\n")
    }
}
