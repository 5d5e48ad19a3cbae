import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayServing

struct PredictionCacheTests {
    private static func tensors(_ numbers: [Float], text: String = "month") -> [String: Tensor] {
        [
            "age": Tensor(shape: [numbers.count, 1], elements: .float32(numbers)),
            "contract": Tensor(shape: [1, 1], elements: .string([text])),
        ]
    }

    private static func input(_ numbers: Float..., text: String = "month", generation: UInt64 = 1) -> CanonicalInput {
        CanonicalInput(tensors(numbers, text: text), generation: generation)
    }

    private static func answer(_ number: Double) -> PredictionBatch {
        PredictionBatch(
            [PredictorOutput(name: "score", tensor: Tensor(shape: [1], elements: .float64([number])))],
            task: Signature.Task(kind: .other))
    }

    @Test func theSameBitsOfTheSameLoadedVersionAreTheSameInput() {
        #expect(Self.input(1, .nan) == Self.input(1, .nan))
        #expect(Self.input(1) != Self.input(1, generation: 2))
        #expect(Self.input(1) != Self.input(2))
        #expect(Self.input(0) != Self.input(-0.0))
    }

    @Test func textsThatOnlyLookAlikeAreDifferent() {
        #expect(Self.input(1, text: "caf\u{E9}") != Self.input(1, text: "cafe\u{301}"))
    }

    @Test func elementsOfOneInputAreNotTakenForAnothers() {
        func input(_ left: [String], _ right: [String]) -> CanonicalInput {
            CanonicalInput(
                [
                    "a": Tensor(shape: [left.count], elements: .string(left)),
                    "b": Tensor(shape: [right.count], elements: .string(right)),
                ], generation: 1)
        }
        #expect(input(["x", "y"], ["z"]) != input(["x"], ["y", "z"]))
        #expect(input(["xy"], ["z"]) != input(["x"], ["yz"]))
    }

    @Test func whatWasKeptIsFoundAndCounted() {
        let cache = PredictionCache()
        #expect(cache.answer(to: Self.input(1)) == nil)
        cache.keep(Self.answer(0.5), for: Self.input(1))
        #expect(cache.answer(to: Self.input(1)) == Self.answer(0.5))
        #expect(cache.answer(to: Self.input(2)) == nil)
        #expect(cache.figures.hitCount == 1 && cache.figures.missCount == 2 && cache.figures.entryCount == 1)
    }

    @Test func entriesAndBytesKeepWithinTheirLimits() {
        let cache = PredictionCache(limits: .init(entryCountMax: 64, byteCountMax: 1_000_000))
        for number in 0..<5_000 { cache.keep(Self.answer(0), for: Self.input(Float(number))) }
        #expect(cache.figures.entryCount <= 64 && cache.figures.evictionCount > 4_000)
        let small = PredictionCache(limits: .init(entryCountMax: 1_000_000, byteCountMax: 100_000))
        for number in 0..<5_000 { small.keep(Self.answer(0), for: Self.input(Float(number))) }
        #expect(small.figures.byteCount <= 100_000 && small.figures.entryCount > 50)
    }

    @Test func anAnswerLargerThanTheCacheIsNotKept() {
        let cache = PredictionCache(limits: .init(entryCountMax: 10, byteCountMax: 100))
        cache.keep(Self.answer(0), for: Self.input(1))
        #expect(cache.figures == PredictionCache.Figures())
    }

    @Test func whatIsAskedForAgainOutlivesWhatIsNot() {
        let cache = PredictionCache(limits: .init(entryCountMax: 8))
        cache.keep(Self.answer(7), for: Self.input(-1))
        for number in 0..<1_000 {
            #expect(cache.answer(to: Self.input(-1)) != nil)
            cache.keep(Self.answer(0), for: Self.input(Float(number)))
        }
    }

    @Test func aVersionThatIsSwappedOutIsForgotten() {
        let cache = PredictionCache()
        for number in 0..<100 {
            cache.keep(Self.answer(1), for: Self.input(Float(number), generation: 1))
            cache.keep(Self.answer(2), for: Self.input(Float(number), generation: 2))
        }
        cache.forget(generation: 1)
        #expect(cache.figures.entryCount == 100)
        #expect(cache.answer(to: Self.input(3, generation: 1)) == nil)
        #expect(cache.answer(to: Self.input(3, generation: 2)) == Self.answer(2))
    }

    @Test func manyThreadsGetTheirOwnAnswers() async {
        let cache = PredictionCache(limits: .init(entryCountMax: 200))
        let wrong = await withTaskGroup(of: Int.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var random = SeededGenerator(seed: UInt64(worker))
                    return (0..<3_000).count { _ in
                        let number = Float(random.next() % 400)
                        let found = cache.answer(to: Self.input(number))
                        cache.keep(Self.answer(Double(number)), for: Self.input(number))
                        return found.map { $0 != Self.answer(Double(number)) } ?? false
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
