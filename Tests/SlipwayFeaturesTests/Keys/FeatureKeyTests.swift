import SlipwayData
import SlipwayFeatures
import Testing

struct FeatureKeyTests {
    @Test(arguments: [
        (ColumnType.integer, Value.string("12"), Value.integer(12)),
        (.integer, .string("-7"), .integer(-7)),
        (.integer, .number(12), .integer(12)),
        (.number, .integer(3), .number(3)),
        (.number, .string("0.5"), .number(0.5)),
        (.number, .string("3"), .number(3)),
        (.string, .integer(12), .string("12")),
        (.string, .number(12), .string("12")),
        (.string, .string(""), .string("")),
        (.boolean, .string("true"), .boolean(true)),
        (.boolean, .integer(0), .boolean(false)),
    ])
    func aValueWithTheSameTextIsTheSameKey(type: ColumnType, value: Value, key: Value) {
        #expect(FeatureKey(value, in: type)?.value == key)
    }

    @Test(arguments: [
        (ColumnType.integer, Value.string("012")), (.integer, .string("+1")), (.integer, .string("1.0")),
        (.integer, .string("１")), (.integer, .number(0.5)), (.integer, .number(1e300)), (.integer, .boolean(true)),
        (.number, .number(.nan)), (.number, .string("nan")), (.number, .string("0x10")),
        (.number, .integer(.max)), (.string, .string("a\u{0}")), (.string, .missing), (.boolean, .string("yes")),
    ])
    func aValueThatTheColumnCannotHoldIsNoKey(type: ColumnType, value: Value) {
        #expect(FeatureKey(value, in: type) == nil)
    }

    @Test func bothZerosAreOneKey() {
        #expect(FeatureKey(.number(-0.0), in: .number) == FeatureKey(.number(0), in: .number))
    }

    @Test func twoSpellingsOfOneLetterAreTwoKeys() {
        #expect(FeatureKey(.string("e\u{301}"), in: .string) != FeatureKey(.string("\u{e9}"), in: .string))
    }

    @Test func keysAreInTheOrderOfTheirNumbersOrBytes() throws {
        let numbers = [Value.integer(.min), .integer(-1), .integer(9), .integer(10), .integer(.max)]
        let texts = [Value.string(""), .string("Z"), .string("a"), .string("e\u{301}"), .string("\u{e9}")]
        for (values, type) in [(numbers, ColumnType.integer), (texts, .string)] {
            let keys = try values.map { try #require(FeatureKey($0, in: type)) }
            #expect(keys.reversed().sorted() == keys)
        }
    }
}
