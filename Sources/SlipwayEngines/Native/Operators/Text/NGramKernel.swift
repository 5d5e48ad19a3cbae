import SlipwayData
import SlipwayModel

/// `TfIdfVectorizer`: how often each known sequence of words or numbers occurs in a row, weighted on request.
struct NGramKernel: UnaryKernel {
    private enum Mode: String {
        case frequency = "TF"
        case presence = "IDF"
        case weightedFrequency = "TFIDF"
    }

    private let mode: Mode
    private let lengths: ClosedRange<Int>
    private let mostSkipped: Int
    /// The number of the sequence in the pool, by its members.
    private let texts: [[ByteText]: Int]
    private let integers: [[Int64]: Int]
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
        lengths = shortest...longest
        width = (columns.max() ?? -1) + 1
        let starts = try context.integers("ngram_counts") ?? []
        let words = (try context.strings("pool_strings") ?? []).map { ByteText($0) }
        let numbers = (try context.integers("pool_int64s") ?? []).map { Int64($0) }
        guard words.isEmpty != numbers.isEmpty else {
            throw KernelProblem(.invalid, "sequences must be of texts or of numbers, and not both")
        }
        texts = words.isEmpty ? [:] : try Self.pool(words, starts, count: columns.count)
        integers = numbers.isEmpty ? [:] : try Self.pool(numbers, starts, count: columns.count)
    }

    /// Cuts the pool, in which all sequences of one length follow those of the length before.
    private static func pool<Item: Hashable>(
        _ items: [Item], _ starts: [Int], count: Int
    ) throws(KernelProblem) -> [[Item]: Int] {
        var pool: [[Item]: Int] = [:]
        var number = 0
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : items.count
            let length = index + 1
            guard 0...items.count ~= start, start...items.count ~= end, (end - start).isMultiple(of: length) else {
                throw KernelProblem(.invalid, "attribute 'ngram_counts' does not cut the pool into sequences")
            }
            for place in stride(from: start, to: end, by: length) {
                pool[Array(items[place..<place + length])] = number
                number += 1
            }
        }
        guard number == count else {
            throw KernelProblem(.invalid, "\(number) sequences have \(count) columns")
        }
        return pool
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let rows = input.shape.count == 1 ? 1 : input.rowCount
        guard (1...2).contains(input.shape.count) else {
            throw KernelProblem(.failed, "input has shape \(input.shape), but one or more lists are needed")
        }
        let shape = input.shape.dropLast() + [width]
        var result = [Float](repeating: 0, count: try Shape.count(shape))
        let length = input.shape[input.shape.count - 1]
        func count<Item: Hashable>(_ items: [Item], _ pool: [[Item]: Int]) {
            for row in 0..<rows {
                for number in found(in: items[row * length..<(row + 1) * length], pool) {
                    add(number, to: &result[row * width + columns[number]])
                }
            }
        }
        switch input.elements {
        case .string(let array) where integers.isEmpty: count(array.map { ByteText($0) }, texts)
        case .int64(let array) where texts.isEmpty: count(array, integers)
        case .int32(let array) where texts.isEmpty: count(array.map { Int64($0) }, integers)
        default: throw KernelProblem(.failed, "sequences are not of \(input.elementType)")
        }
        return Tensor(result, shape: Array(shape))
    }

    private func add(_ number: Int, to sum: inout Float) {
        let weight = weights.isEmpty ? 1 : weights[number]
        switch mode {
        case .frequency: sum += 1
        case .presence: sum = weight
        case .weightedFrequency: sum += weight
        }
    }

    /// The numbers of all sequences that occur; single items count once, whatever may be skipped.
    private func found<Item: Hashable>(in items: ArraySlice<Item>, _ pool: [[Item]: Int]) -> [Int] {
        var found: [Int] = []
        for length in lengths {
            for step in 1...(length == 1 ? 1 : mostSkipped + 1) {
                let reach = (length - 1) * step
                guard reach < items.count else { break }
                for start in items.startIndex..<items.endIndex - reach {
                    let sequence = (0..<length).map { items[start + $0 * step] }
                    if let number = pool[sequence] { found.append(number) }
                }
            }
        }
        return found
    }
}
