import SlipwayModel

/// Answers of loaded versions by their input, in bounded memory.
///
/// It is cut into parts with a lock each, so that calls at the same time seldom wait for each other. A part that is full
/// forgets what was not asked for since it was last looked over (the second-chance rule of F. Corbató, *A Paging
/// Experiment with the Multics System*, 1968), so each call takes O(1) on average.
public final class PredictionCache: Sendable {
    /// How much is kept.
    public struct Limits: Equatable, Sendable {
        /// The calls whose answers are kept where nothing else is said.
        public static let entryCountMaxDefault = 10_000
        /// The bytes that they may take where nothing else is said.
        public static let byteCountMaxDefault = 64_000_000

        /// The calls whose answers are kept.
        public var entryCountMax: Int
        /// The bytes that inputs and answers take together, by estimate.
        public var byteCountMax: Int

        /// Makes limits.
        public init(
            entryCountMax: Int = Self.entryCountMaxDefault, byteCountMax: Int = Self.byteCountMaxDefault
        ) {
            self.entryCountMax = entryCountMax
            self.byteCountMax = byteCountMax
        }
    }

    /// What a cache holds and how it was used.
    package struct Figures: Equatable, Sendable {
        /// The calls whose answers are kept.
        package var entryCount = 0
        /// The bytes that they take, by estimate.
        package var byteCount = 0
        /// The calls that were answered from it.
        package var hitCount = 0
        /// The calls that were looked for in vain.
        package var missCount = 0
        /// The answers that made room for others.
        package var evictionCount = 0
    }

    /// The most rows of a call whose answer is kept: larger calls hardly come twice.
    static let rowCountMax = 64
    /// The parts; a power of two, well above the threads that answer.
    private static let partCount = 16

    private let parts: [CachePart]

    /// Makes an empty cache.
    public init(limits: Limits = Limits()) {
        // Few entries are not cut into parts, which would each keep less than one.
        let count = min(Self.partCount, max(1, limits.entryCountMax / Self.partCount))
        parts = (0..<count).map { _ in
            CachePart(
                entryCountMax: max(1, limits.entryCountMax / count), byteCountMax: max(1, limits.byteCountMax / count))
        }
    }

    /// The kept answer for an input.
    func answer(to input: CanonicalInput) -> PredictionBatch? { parts[input.part(of: parts.count)].answer(to: input) }

    /// Keeps an answer.
    func keep(_ answer: PredictionBatch, for input: CanonicalInput) {
        parts[input.part(of: parts.count)].keep(answer, for: input)
    }

    /// Forgets the answers of a version that is not served any more.
    ///
    /// - Complexity: O(entries).
    func forget(generation: UInt64) { for part in parts { part.forget(generation: generation) } }

    /// What it holds and how it was used.
    package var figures: Figures { parts.reduce(into: Figures()) { $1.add(to: &$0) } }
}
