import SlipwayModel
import Synchronization

/// One part of a cache, behind a lock of its own.
final class CachePart: Sendable {
    private struct Entry {
        let input: CanonicalInput
        let answer: PredictionBatch
        let byteCount: Int
        /// Whether it was asked for since the hand came by.
        var isWanted: Bool
    }

    private struct State {
        var places: [CanonicalInput: Int] = [:]
        var entries: [Entry?] = []
        var free: [Int] = []
        /// The entry that is looked at next when room is needed.
        var hand = 0
        var figures = PredictionCache.Figures()
    }

    /// What an entry takes beside its bytes: two copies of the key's header, the places, the arrays' heads.
    private static let overheadByteCount = 400

    private let entryCountMax: Int
    private let byteCountMax: Int
    private let state = Mutex(State())

    init(entryCountMax: Int, byteCountMax: Int) {
        self.entryCountMax = entryCountMax
        self.byteCountMax = byteCountMax
    }

    func answer(to input: CanonicalInput) -> PredictionBatch? {
        state.withLock { state in
            guard let place = state.places[input], let answer = state.entries[place]?.answer else {
                state.figures.missCount += 1
                return nil
            }
            state.entries[place]?.isWanted = true
            state.figures.hitCount += 1
            return answer
        }
    }

    func keep(_ answer: PredictionBatch, for input: CanonicalInput) {
        let byteCount = Self.overheadByteCount + input.byteCount + answer.byteCount
        guard byteCount <= byteCountMax else { return }
        state.withLock { state in
            guard state.places[input] == nil else { return }
            while state.places.count >= entryCountMax || state.figures.byteCount + byteCount > byteCountMax {
                Self.makeRoom(&state)
            }
            let entry = Entry(input: input, answer: answer, byteCount: byteCount, isWanted: false)
            if let place = state.free.popLast() {
                state.entries[place] = entry
                state.places[input] = place
            } else {
                state.places[input] = state.entries.count
                state.entries.append(entry)
            }
            state.figures.entryCount += 1
            state.figures.byteCount += byteCount
        }
    }

    func forget(generation: UInt64) {
        state.withLock { state in
            for (place, entry) in state.entries.enumerated() where entry?.input.isOf(generation: generation) == true {
                Self.remove(place, from: &state)
            }
        }
    }

    func add(to figures: inout PredictionCache.Figures) {
        let own = state.withLock { $0.figures }
        figures.entryCount += own.entryCount
        figures.byteCount += own.byteCount
        figures.hitCount += own.hitCount
        figures.missCount += own.missCount
        figures.evictionCount += own.evictionCount
    }

    /// Removes one entry, past those that were asked for since the last look.
    private static func makeRoom(_ state: inout State) {
        while true {
            let place = state.hand
            state.hand = (place + 1) % state.entries.count
            guard let entry = state.entries[place] else { continue }
            guard entry.isWanted else {
                remove(place, from: &state)
                state.figures.evictionCount += 1
                return
            }
            state.entries[place]?.isWanted = false
        }
    }

    private static func remove(_ place: Int, from state: inout State) {
        guard let entry = state.entries[place] else { return }
        state.places[entry.input] = nil
        state.entries[place] = nil
        state.free.append(place)
        state.figures.entryCount -= 1
        state.figures.byteCount -= entry.byteCount
    }
}

extension PredictionBatch {
    /// The bytes of the outputs, by estimate.
    fileprivate var byteCount: Int {
        outputs.reduce(0) { sum, output in
            switch output.tensor.elements {
            case .float32(let array): sum + array.count * 4
            case .float64(let array): sum + array.count * 8
            case .int32(let array): sum + array.count * 4
            case .int64(let array): sum + array.count * 8
            case .bool(let array): sum + array.count
            case .string(let array): array.reduce(sum) { $0 + $1.utf8.count + 16 }
            }
        }
    }
}
