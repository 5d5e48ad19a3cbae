import SlipwayData
import SlipwayTesting
import Testing

struct JSONValueParsingTests {
    @Test func everyKindOfValueIsRead() throws {
        let value = try JSONValue(parsing: #" {"a": [1, -2.5, "x", true, false, null], "b": {}} "#)
        let elements: [JSONValue] = [.integer(1), .number(-2.5), .string("x"), .boolean(true), .boolean(false), .null]
        #expect(value == .object(["a": .array(elements), "b": .object([:])]))
    }

    @Test func aByteOrderMarkIsSkipped() throws {
        #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF, 0x31]) == .integer(1))
    }

    @Test func bytesInPiecesReadAsBytesInOnePiece() throws {
        #expect(try JSONValue(parsing: "[1,2]".utf8.lazy.map { $0 }) == .array([.integer(1), .integer(2)]))
    }

    @Test(arguments: [
        ("0", JSONValue.integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        ("-9223372036854775809", .number(-0x1p63)),
        ("123456789012345678901234567890", .number(1.2345678901234568e29)), ("1.0", .number(1)),
        ("1e2", .number(100)), ("1E-2", .number(0.01)), ("1e-999", .number(0)), ("0.1", .number(0.1)),
        ("5e-324", .number(.leastNonzeroMagnitude)), ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
        ("2.2250738585072011e-308", .number(.leastNormalMagnitude.nextDown)),
        ("9007199254740993.0", .number(9_007_199_254_740_992)), ("0.000000000000000000000000001", .number(1e-27)),
    ])
    func numbersAreExact(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test(arguments: [
        "01", "-", "-a", "+1", "1.", ".5", "1e", "1e+", "0x10", "1e999", "-1e999", "1_000",
        String(repeating: "1", count: 1_025),
    ])
    func wrongNumbersAreRefused(_ text: String) {
        #expect(throws: DataError.self) { try JSONValue(parsing: text) }
    }

    @Test func randomDoublesReadBackAsTheSameBits() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<10_000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            guard case .number(let read) = try JSONValue(parsing: number.description) else {
                Issue.record("\(number) is not read as a number")
                continue
            }
            #expect(read.bitPattern == number.bitPattern)
        }
    }

    @Test(arguments: ["NaN", "Infinity", "-Infinity", "[1, NaN]"])
    func bareNonFiniteNumbersAreRefusedWithAHint(_ text: String) {
        let error = #expect(throws: DataError.self) { try JSONValue(parsing: text) }
        #expect(error?.hint == "Send null or \"NaN\" for a missing number.")
    }

    @Test func escapesAreResolved() throws {
        let value = try JSONValue(parsing: #""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00z""#)
        #expect(value == .string("a\"\\/\u{8}\u{c}\n\r\té😀z"))
    }

    @Test(arguments: [#""\ud83d""#, #""\ud83dx""#, #""\ude00""#, #""\ud83d\u0041""#, #""\ud83d\ud83d""#])
    func loneSurrogatesAreRefused(_ text: String) throws {
        let error = try #require(throws: DataError.self) { try JSONValue(parsing: text) }
        #expect(error.message == "line 1, column 2: half of a surrogate pair stands alone")
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0x5C, 0x6E, 0xFF, 0x22],
        ] as [[UInt8]])
    func invalidUTF8IsRefused(_ bytes: [UInt8]) throws {
        let error = try #require(throws: DataError.self) { try JSONValue(parsing: bytes) }
        #expect(error.message.contains("not valid UTF-8"))
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,]", "{\"a\":1,}", "{\"a\"}", "{\"a\":}", "{a:1}", "\"abc", "\"a\nb\"", "tru",
        "nul",
        "1 2", "[1]]", "'a'", "\"\\x\"", "\"\\u12g4\"", "True", "\u{0}", "é",
    ])
    func brokenDocumentsAreRefused(_ text: String) {
        let error = #expect(throws: DataError.self) { try JSONValue(parsing: text) }
        #expect(error?.kind == .malformed)
    }

    @Test func aMessageNamesLineAndColumnInCharacters() throws {
        let error = try #require(throws: DataError.self) { try JSONValue(parsing: "{\n  \"é\": x}") }
        #expect(error.message == "line 2, column 8: expected a value, found 'x'")
        let inFile = try #require(throws: DataError.self) { try JSONValue(parsing: "[1 2]", file: "a.json") }
        #expect(inFile.location == SourceLocation(file: "a.json", line: 1, column: 4))
    }

    @Test(arguments: [2, 13, 14, 500])
    func aRepeatedNameIsRefusedHoweverManyMembersThereAre(count: Int) throws {
        let names = (0..<(count - 1)).map(String.init) + ["0"]
        let text = "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
        let error = try #require(throws: DataError.self) { try JSONValue(parsing: text) }
        #expect(error.message.contains("the member '0' occurs twice"))
    }

    @Test func limitsHold() throws {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try JSONValue(parsing: deep) }
        for (text, limits) in [
            ("[\(deep)]", JSONLimits.default), ("[1,2,3]", JSONLimits(valueCountMax: 3)),
            ("[1,2,3]", JSONLimits(byteCountMax: 6)),
            (String(repeating: "[", count: 100_000), JSONLimits(depthMax: .max)),
        ] {
            let error = try #require(throws: DataError.self) { try JSONValue(parsing: text, limits: limits) }
            #expect(error.kind == .limitExceeded)
        }
    }

    @Test func mutatedDocumentsNeverTrapAndWhatIsReadReadsBack() throws {
        let seed = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00é",true,null],"b":{"c":{}, "d":[[]]},"e":0.1}"#.utf8)
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<10_000 {
            let mutated = generator.mutating(seed)
            do throws(DataError) {
                let value = try JSONValue(parsing: mutated)
                #expect(try JSONValue(parsing: value.text) == value)
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }
}
