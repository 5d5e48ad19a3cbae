import SlipwayData
import SlipwayTesting
import Testing

struct ColumnCipherTests {
    private static let key = "000102030405060708090a0b0c0d0e0f"

    private func texts(_ cells: [String]) -> Column { Column(name: "salary", values: .strings(cells)) }

    @Test func whatAnotherLibraryEncryptedIsReadWithEachLengthAndSpellingOfAKey() throws {
        let cases = try Fixture.json("privacy.json")["encrypted"]?.elements ?? []
        try #require(cases.count == 3)
        for encrypted in cases {
            let cells = encrypted["cells"]?.texts ?? []
            let expected = encrypted["texts"]?.texts ?? []
            try #require(!cells.isEmpty && cells.count == expected.count)
            for spelling in ["base64", "hexadecimal"] {
                let cipher = try ColumnCipher(key: try #require(encrypted.text(spelling)) + "\n")
                let clear = try cipher.decrypt(texts(cells))
                #expect((0..<cells.count).map { clear[$0].text } == expected)
            }
        }
    }

    @Test func decryptedTextsAreReadAsTheirType() throws {
        let cases = try Fixture.json("privacy.json")["encrypted"]?.elements ?? []
        let key = try #require(cases.first?.text("base64"))
        let cell = try #require(cases.first?["cells"]?.texts.first)
        let column = Column(name: "salary", values: .strings([cell, ""]), validity: [true, false])
        let numbers = try ColumnCipher(key: key, type: .number).decrypt(column)
        #expect(numbers.type == .number)
        #expect([numbers[0], numbers[1]] == [.number(4200.5), .missing])
        let error = #expect(throws: DataError.self) { try ColumnCipher(key: key, type: .integer).decrypt(column) }
        #expect(error?.message == "row 1 of 'salary' is decrypted, but not a whole number")
    }

    @Test func aChangedCellAndAnotherKeyAreRefusedWithoutSayingWhatIsThere() throws {
        let cases = try Fixture.json("privacy.json")["encrypted"]?.elements ?? []
        let key = try #require(cases.first?.text("base64"))
        let cell = try #require(cases.first?["cells"]?.texts.first)
        var changed = Array(cell.utf8)
        changed[8] = changed[8] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        for (key, cell) in [(key, String(decoding: changed, as: UTF8.self)), (Self.key, cell)] {
            let error = #expect(throws: DataError.self) { try ColumnCipher(key: key).decrypt(texts(["", cell])) }
            // An empty text is no missing cell here: it is one that was never encrypted.
            #expect(error?.message == "row 1 of 'salary' cannot be decrypted")
            let alone = #expect(throws: DataError.self) { try ColumnCipher(key: key).decrypt(texts([cell])) }
            #expect(alone?.message == "row 1 of 'salary' cannot be decrypted")
        }
        let numbers = Column(name: "salary", values: .integers([4200]))
        let error = #expect(throws: DataError.self) { try ColumnCipher(key: Self.key).decrypt(numbers) }
        #expect(error?.message == "row 1 of 'salary' is not encrypted")
    }

    @Test func cellsOfEveryShapeAreDecryptedOrRefused() throws {
        let cipher = try ColumnCipher(key: Self.key)
        var generator = SeededGenerator(seed: 5)
        let letters = Array("ABCDxyz0189+/=- \u{e9}")
        for _ in 0..<2_000 {
            let text = String(
                (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                    letters[Int.random(in: 0..<letters.count, using: &generator)]
                })
            #expect(throws: DataError.self) { try cipher.decrypt(texts([text])) }
        }
    }

    @Test(arguments: ["", "short", "000102", "AAECAwQFBgcICQoLDA0ODxA=", "zz0102030405060708090a0b0c0d0e0"])
    func whatIsNoKeyIsRefusedWithoutSayingIt(text: String) {
        let error = #expect(throws: DataError.self) { try ColumnCipher(key: text) }
        #expect(error?.message == "the key is not 16, 24, or 32 bytes as Base64 or in hexadecimal")
    }
}
