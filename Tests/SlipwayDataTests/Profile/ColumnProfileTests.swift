import Foundation
import SlipwayData
import Testing

struct ColumnProfileTests {
    @Test func missingAndInvalidCellsAreCountedAndLeftOut() {
        var profile = ColumnProfile(name: "a", type: .number)
        for value in [Value.number(1), .missing, .number(.nan), .number(.infinity), .string("x"), .integer(3)] {
            profile.add(value)
        }
        #expect(profile.count == 6)
        #expect(profile.missingCount == 2)
        #expect(profile.invalidCount == 2)
        #expect(profile.missingShare == 2.0 / 6)
        #expect(profile.numeric?.mean == 2)
        #expect(profile.categorical == nil)
    }

    @Test func aColumnGivesTheSameProfileAsItsCells() {
        for column in [
            Column(name: "a", values: .integers([1, 0, 3]), validity: [true, false, true]),
            Column(name: "a", values: .numbers([1.5, .nan, 3])), Column(name: "a", values: .booleans([true, false])),
            Column(name: "a", values: .strings(["x", "", "x"]), validity: [true, false, true]),
        ] {
            var profile = ColumnProfile(name: "a", type: column.type)
            for row in 0..<column.count { profile.add(column[row]) }
            #expect(ColumnProfile(column) == profile)
        }
    }

    @Test func truthIsCountedByNameWhateverItCameAs() {
        var profile = ColumnProfile(name: "a", type: .boolean)
        for value in [Value.boolean(true), .integer(1), .number(0)] { profile.add(value) }
        #expect(profile.categorical?.count(of: "true") == 2)
        #expect(profile.categorical?.count(of: "false") == 1)
    }

    @Test func numbersDoNotMergeWithCategories() {
        var profile = ColumnProfile(name: "a", type: .number)
        let error = #expect(throws: DataError.self) { try profile.merge(ColumnProfile(name: "a", type: .string)) }
        #expect(error?.kind == .wrongType)
    }

    @Test func aProfileSurvivesJSON() throws {
        for column in [
            Column(name: "a", values: .numbers([1.5, .nan, 3])), Column(name: "b", values: .strings(["x", "y"])),
            Column(name: "c", values: .integers([])),
        ] {
            let profile = ColumnProfile(column)
            let data = try JSONEncoder().encode(profile)
            #expect(try JSONDecoder().decode(ColumnProfile.self, from: data) == profile)
        }
    }

    @Test func countsThatDoNotAddUpAreRefused() throws {
        let profile = ColumnProfile(Column(name: "a", values: .booleans([true])))
        let text = String(decoding: try JSONEncoder().encode(profile), as: UTF8.self)
        let forged = text.replacingOccurrences(of: "\"missing_count\":0", with: "\"missing_count\":1")
        #expect(forged != text)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ColumnProfile.self, from: Data(forged.utf8))
        }
    }
}
