import Foundation
import SlipwayAccess
import SlipwayData
import SlipwayTesting
import Testing

struct KeySecretTests {
    @Test func aSecretIsReadAgainFromItsText() throws {
        let secret = KeySecret.random()
        let read = try #require(KeySecret(secret.text))
        #expect(read.id == secret.id && read.text == secret.text && read.hash == secret.hash)
        #expect(secret.text.utf8.count == 65)
        #expect(secret.text.wholeMatch(of: /slw_[a-z2-7]{8}_[a-z2-7]{52}/) != nil)
        #expect(secret.hash == SHA256Digest(of: Data(secret.text.utf8)))
    }

    @Test func noTwoSecretsAreAlike() {
        let secrets = (0..<1_000).map { _ in KeySecret.random() }
        #expect(Set(secrets.map(\.text)).count == 1_000)
        // All characters come up at each place of the secret, save the last, which holds one bit.
        for place in 13..<64 { #expect(Set(secrets.map { Array($0.text)[place] }).count == 32) }
    }

    @Test func onlyTheWholeSecretMatches() throws {
        let secret = KeySecret.random()
        #expect(secret.matches(secret.hash))
        var text = Array(secret.text)
        for place in [13, 40, 63] {
            let before = text[place]
            text[place] = before == "a" ? "b" : "a"
            #expect(try #require(KeySecret(String(text))).matches(secret.hash) == false)
            text[place] = before
        }
        #expect(!KeySecret.random().matches(secret.hash))
    }

    @Test func nothingThatPrintsASecretShowsIt() {
        let secret = KeySecret.random()
        let hidden = String(secret.text.suffix(52))
        var dumped = ""
        dump(secret, to: &dumped)
        dump(Credential.key(secret), to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains(hidden) && text.contains(secret.id), "\(text)")
        }
    }

    @Test func redactionTakesTheSecretOutOfAnyText() {
        let secret = KeySecret.random()
        let shown = "slw_\(secret.id)_…"
        #expect(KeySecret.redacted("a \(secret.text), b/\(secret.text)?x") == "a \(shown), b/\(shown)?x")
        #expect(KeySecret.redacted(secret.text + "more") == shown)
        #expect(KeySecret.redacted(String(secret.text.dropLast(20))) == shown)
        #expect(KeySecret.redacted("slw_" + secret.text) == "slw_slw_…")
        for plain in ["", "no key", "slw_", "slw_ and", "slow_lane", "the prefix slw_ is ours"] {
            #expect(KeySecret.redacted(plain) == plain)
        }
    }

    @Test func damagedTextsAreNoSecretsUnlessTheyHaveTheForm() {
        var generator = SeededGenerator(seed: 42)
        let pieces = ["", "_", "a", "7", "8", "A", "é", "\u{0}", "slw_", " ", "\u{301}", "=", "-"]
        let secret = KeySecret.random().text
        for _ in 0..<5_000 {
            var text = secret
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                let start = text.index(text.startIndex, offsetBy: Int.random(in: 0..<text.count, using: &generator))
                let length = Int.random(in: 0...2, using: &generator)
                let end = text.index(start, offsetBy: length, limitedBy: text.endIndex)
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                text.replaceSubrange(start..<(end ?? text.endIndex), with: piece)
            }
            if let read = KeySecret(text) { #expect(read.text == text) }
            _ = KeySecret.redacted(text)
        }
    }
}
