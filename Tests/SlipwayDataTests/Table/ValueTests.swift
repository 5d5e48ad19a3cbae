import Foundation
import SlipwayData
import Testing

struct ValueTests {
    @Test(arguments: [
        (Value.missing, ""), (.boolean(true), "true"), (.integer(.min), "-9223372036854775808"), (.number(1), "1"),
        (.number(-0.0), "0"), (.number(0.1), "0.1"), (.number(9_007_199_254_740_992), "9007199254740992.0"),
        (.number(1e300), "1e+300"), (.number(.infinity), "inf"), (.number(.nan), ""), (.string(" a "), " a "),
    ])
    func theTextReadsBackTheSame(value: Value, text: String) {
        #expect(value.text == text)
        if case .number(let number) = value, !number.isNaN { #expect(Double(text) == number) }
    }

    @Test func aCellSurvivesJSON() throws {
        let cells: [Value] = [
            .missing, .boolean(false), .integer(.max), .integer(-1), .number(0.1), .number(1e300), .string(""),
            .string("1"),
        ]
        #expect(try JSONDecoder().decode([Value].self, from: JSONEncoder().encode(cells)) == cells)
    }

    @Test func whatIsNotFiniteIsWrittenAsNull() throws {
        let cells: [Value] = [.number(.nan), .number(.infinity), .number(-.infinity)]
        #expect(try JSONEncoder().encode(cells) == Data("[null,null,null]".utf8))
    }

    @Test func onlyNaNAndNothingAreMissing() {
        #expect(Value.missing.isMissing && Value.number(.nan).isMissing)
        #expect(
            ![Value.string(""), .number(0), .integer(0), .boolean(false), .number(.infinity)].contains { $0.isMissing })
    }
}
