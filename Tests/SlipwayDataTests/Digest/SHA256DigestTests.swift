import Foundation
import SlipwayData
import SlipwayTesting
import Testing

struct SHA256DigestTests {
    /// The examples of FIPS 180-4 and its companion document.
    static let known = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test(arguments: known)
    func theExamplesOfTheStandardHold(text: String, hex: String) throws {
        let folder = try TemporaryFolder()
        #expect(SHA256Digest(of: Data(text.utf8)).hex == hex)
        #expect(try SHA256Digest(ofFile: folder.write(text, to: "file")).hex == hex)
        #expect(SHA256Digest(hex: hex)?.short == String(hex.prefix(12)))
    }

    @Test func aFileOfManyPiecesHasTheDigestOfItsBytes() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "slipway ", count: 400_000)
        #expect(try SHA256Digest(ofFile: folder.write(text, to: "file")) == SHA256Digest(of: Data(text.utf8)))
    }

    @Test func whatCannotBeReadIsNamed() throws {
        let folder = try TemporaryFolder()
        for path in [folder.path("nowhere"), folder.path] {
            let error = #expect(throws: DataError.self) { try SHA256Digest(ofFile: path) }
            #expect(error?.kind == .unreadable)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test(arguments: [
        "", "abc", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
        String(repeating: "é", count: 32),
    ])
    func onlySixtyFourSmallDigitsAreADigest(text: String) throws {
        #expect(SHA256Digest(hex: text) == nil)
        let json = try JSONEncoder().encode([text])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([SHA256Digest].self, from: json) }
    }

    @Test func aDigestSurvivesJSON() throws {
        let digest = SHA256Digest(of: Data("a".utf8))
        #expect(try JSONDecoder().decode([SHA256Digest].self, from: JSONEncoder().encode([digest])) == [digest])
    }
}
