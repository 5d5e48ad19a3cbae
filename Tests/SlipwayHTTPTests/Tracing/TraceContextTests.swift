import SlipwayTesting
import Testing

@testable import SlipwayServing

struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00f067aa0ba902b7"
    private static let header = "00-\(trace)-\(parent)-01"

    private func context(_ parents: String..., states: [String] = []) -> TraceContext? {
        TraceContext(parents: parents, states: states)
    }

    @Test func theTraceGoesOnUnderASpanOfOurOwn() throws {
        let context = try #require(TraceContext(parents: [Self.header], states: [], spanID: 0xAB))
        #expect(context.traceID == Self.trace && context.parentID == Self.parent && context.isSampled)
        #expect(context.text == "00-\(Self.trace)-00000000000000ab-01")
        let other = try #require(self.context(Self.header))
        #expect(other.spanID != other.parentID && other.spanID.utf8.count == 16)
    }

    @Test(arguments: [("00", "00"), ("01", "01"), ("02", "02"), ("03", "03"), ("ff", "03"), ("f0", "00")])
    func onlyFlagsThatAreKnownArePassedOn(given: String, passed: String) {
        #expect(context("00-\(Self.trace)-\(Self.parent)-\(given)")?.text.hasSuffix("-\(passed)") == true)
    }

    @Test func laterVersionsAreReadAsFarAsTheyAreKnown() {
        #expect(context("cc-\(Self.trace)-\(Self.parent)-01")?.text.hasPrefix("00-\(Self.trace)-") == true)
        #expect(context("01-\(Self.trace)-\(Self.parent)-01-what-comes-later") != nil)
        #expect(context("01-\(Self.trace)-\(Self.parent)-01.what-comes-later") == nil)
    }

    @Test(arguments: [
        "", "00", header.uppercased(), header + "-", header + "0", String(header.dropLast()), " " + header,
        "ff" + header.dropFirst(2), "0x" + header.dropFirst(2), "00-\(trace)-\(parent)-0G",
        "00-\(String(repeating: "0", count: 32))-\(parent)-01", "00-\(trace)-\(String(repeating: "0", count: 16))-01",
        "00_\(trace)-\(parent)-01", "00-\(trace)_\(parent)-01", "00-\(trace)-\(parent)_01",
        "00-\(trace.dropLast())-\(parent)0-01", "00-\(trace.dropLast())é-\(parent)-01",
    ])
    func invalidParentsAreNone(header: String) {
        #expect(context(header, states: ["a=1"]) == nil)
    }

    @Test func twoParentsAreNone() { #expect(context(Self.header, Self.header) == nil) }

    @Test(arguments: [
        (["rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"], "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"),
        (["a=1", "b=2"], "a=1,b=2"), ([" a=1 ,\tb=2\t, ,,"], "a=1,b=2"), (["a=b c"], "a=b c"),
        (["0tenant@sys-tem_*/=x"], "0tenant@sys-tem_*/=x"), (["a=1,a=2"], "a=1,a=2"),
    ])
    func theStateIsPassedOnAsItCame(states: [String], passed: String) {
        #expect(TraceContext(parents: [Self.header], states: states)?.state == passed)
    }

    @Test(arguments: [
        "a", "a=", "=1", "A=1", "a=1,b", "a =1", "a=é", "a=x=y", "@a=1", "a=1\u{7F}",
        String(repeating: "k", count: 257) + "=1", "a=" + String(repeating: "v", count: 257),
        (0..<33).map { "k\($0)=1" }.joined(separator: ","),
    ])
    func anInvalidStateIsLeftOutAndTheTraceGoesOn(state: String) throws {
        #expect(try #require(context(Self.header, states: [state])).state == nil)
    }

    @Test func thirtyTwoMembersAreTaken() {
        let state = (0..<32).map { "k\($0)=1" }.joined(separator: ",")
        #expect(context(Self.header, states: [state])?.state == state)
    }

    @Test func damagedHeadersAreNoneOrWhatTheySay() {
        var generator = SeededGenerator(seed: 20_260_401)
        let alphabet = Array("0123456789abcdefABCDEFg-_=,@ \t*/é\u{0}~".unicodeScalars)
        for _ in 0..<20_000 {
            var header = Array(Self.header.unicodeScalars)
            var state = Array("a=1,b@c=x y, d=2".unicodeScalars)
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let scalar = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                let place = Int.random(in: 0..<header.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: header.remove(at: place)
                case 1: header.insert(scalar, at: place)
                default: header[place] = scalar
                }
                state[Int.random(in: 0..<state.count, using: &generator)] = scalar
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: header)
            var states = String.UnicodeScalarView()
            states.append(contentsOf: state)
            guard let context = TraceContext(parents: [String(text)], states: [String(states)]) else { continue }
            // What is taken can be sent on: it reads as the same trace again.
            let again = TraceContext(parents: [context.text], states: [context.state].compactMap(\.self))
            #expect(again?.traceID == context.traceID && again?.parentID == context.spanID)
            #expect(again?.state == context.state && String(text).contains(context.traceID))
            #expect(context.state?.utf8.allSatisfy { (0x20...0x7E).contains($0) } ?? true)
        }
    }
}
