import SlipwayModel

/// `TfIdfVectorizer`: how often each known sequence of words or numbers occurs in a row, weighted on request.
final class NGramKernel: UnaryKernel {
    private enum Mode: String {
        case frequency = "TF"
        case presence = "IDF"
        case weightedFrequency = "TFIDF"
    }

    private let mode: Mode
    private let lengths: ClosedRange<Int>
    private let mostSkipped: Int
    private let pool: NGramPool
    /// The column of each sequence.
    private let columns: [Int]
    private let weights: [Float]
    private let width: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        guard let mode = Mode(rawValue: try context.string("mode") ?? "") else {
            throw KernelProblem(.invalid, "attribute 'mode' is none of TF, IDF and TFIDF")
        }
        self.mode = mode
        let shortest = try context.integer("min_gram_length", default: 1)
        let longest = try context.integer("max_gram_length", default: 1)
        mostSkipped = try context.integer("max_skip_count", default: 0)
        columns = try context.integers("ngram_indexes") ?? []
        weights = try context.floats("weights") ?? []
        guard shortest > 0, longest >= shortest, longest <= NativeLimits.dimensions,
            0...NativeLimits.scores ~= mostSkipped, columns.allSatisfy({ 0..<NativeLimits.elements ~= $0 }),
            weights.isEmpty || weights.count == columns.count
        else {
            throw KernelProblem(.invalid, "lengths, columns or weights of sequences are out of range")
        }
        self.lengths = shortest...longest
        width = (columns.max() ?? -1) + 1
        let starts = try context.integers("ngram_counts") ?? []
        let words = try context.strings("pool_strings") ?? []
        let numbers = (try context.integers("pool_int64s") ?? []).map { Int64($0) }
        guard words.isEmpty != numbers.isEmpty else {
            throw KernelProblem(.invalid, "sequences must be of texts or of numbers, and not both")
        }
        guard max(words.count, numbers.count) <= NativeLimits.elements else {
            throw KernelProblem(.tooLarge, "the pool holds more than \(NativeLimits.elements) members")
        }
        let lengths = try Self.lengths(starts, memberCount: max(words.count, numbers.count), count: columns.count)
        let skipped = starts.first ?? 0
        pool =
            words.isEmpty
            ? NGramPool(numbers: Array(numbers.dropFirst(skipped)), lengths: lengths)
            : NGramPool(texts: Array(words.dropFirst(skipped)), lengths: lengths)
    }

    /// The length of each sequence of the pool, in which all of one length follow those of the length before.
    private static func lengths(
        _ starts: [Int], memberCount: Int, count: Int
    ) throws(KernelProblem) -> [Int] {
        var lengths: [Int] = []
        var place = starts.first ?? memberCount
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : memberCount
            let length = index + 1
            guard start == place, 0...memberCount ~= start, start...memberCount ~= end,
                (end - start).isMultiple(of: length)
            else {
                throw KernelProblem(.invalid, "attribute 'ngram_counts' does not cut the pool into sequences")
            }
            lengths.append(contentsOf: repeatElement(length, count: (end - start) / length))
            place = end
        }
        guard lengths.count == count else {
            throw KernelProblem(.invalid, "\(lengths.count) sequences have \(count) columns")
        }
        return lengths
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let rows = input.shape.count == 1 ? 1 : input.rowCount
        guard (1...2).contains(input.shape.count) else {
            throw KernelProblem(.failed, "input has shape \(input.shape), but one or more lists are needed")
        }
        let shape = input.shape.dropLast() + [width]
        var result = [Float](0, times: try Shape.count(shape))
        let length = input.shape[input.shape.count - 1]
        let members: [Int]
        switch input.elements {
        case .string(let array) where pool.holdsTexts: members = pool.members(of: array)
        case .int64(let array) where !pool.holdsTexts: members = pool.members(of: array)
        case .int32(let array) where !pool.holdsTexts: members = pool.members(of: array.map { Int64($0) })
        default: throw KernelProblem(.failed, "sequences are not of \(input.elementType)")
        }
        result.withUnsafeMutableBufferPointer { result in
            members.withUnsafeBufferPointer { members in
                guard let target = result.baseAddress, let source = members.baseAddress else { return }
                for row in 0..<rows { count(source + row * length, length, in: target + row * width) }
            }
        }
        return Tensor(result, shape: Array(shape))
    }

    /// Counts all sequences that occur in a row; single items count once, whatever may be skipped.
    private func count(_ members: UnsafePointer<Int>, _ length: Int, in sums: UnsafeMutablePointer<Float>) {
        for size in lengths {
            for step in 1...(size == 1 ? 1 : mostSkipped + 1) {
                let reach = (size - 1) * step
                guard reach < length else { break }
                for start in 0..<length - reach {
                    let number = pool.sequence(from: members + start, count: size, by: step)
                    if number >= 0 { add(number, to: &sums[columns[number]]) }
                }
            }
        }
    }

    @inline(__always)
    private func add(_ number: Int, to sum: inout Float) {
        let weight = weights.isEmpty ? 1 : weights[number]
        switch mode {
        case .frequency: sum += 1
        case .presence: sum = weight
        case .weightedFrequency: sum += weight
        }
    }
}
