/// The rows of a history by key, those of each key by rising time.
struct HistorySteps {
    private let times: [TimePoint]
    /// The rows, those of one key together and by rising time.
    private let order: [Int]
    /// Where the rows of each key lie in the order.
    private let ranges: [Key: Range<Int>]

    /// A key as databases compare it: the two Unicode spellings of `é` are two keys.
    private enum Key: Hashable {
        case text([UInt8])
        case other(Value)

        init?(_ cell: Value) {
            guard !cell.isMissing else { return nil }
            if case .string(let text) = cell { self = .text(Array(text.utf8)) } else { self = .other(cell) }
        }
    }

    /// Sorts a history; rows without a key are left out.
    ///
    /// - Complexity: O(h log h).
    init(keys: Column, times: [TimePoint]) {
        var groups: [Key: Int] = [:]
        var members: [[Int]] = []
        for row in 0..<keys.count {
            guard let key = Key(keys[row]) else { continue }
            if let group = groups[key] {
                members[group].append(row)
            } else {
                groups[key] = members.count
                members.append([row])
            }
        }
        var order: [Int] = []
        order.reserveCapacity(keys.count)
        var bounds: [Range<Int>] = []
        for rows in members {
            let start = order.count
            order.append(contentsOf: rows.sorted { times[$0] < times[$1] })
            bounds.append(start..<order.count)
        }
        self.times = times
        self.order = order
        ranges = groups.mapValues { bounds[$0] }
    }

    /// The row of a key that held at a moment; `nil` where none did.
    ///
    /// - Complexity: O(log h).
    func latest(of key: Value, at moment: TimePoint, ageMaxMilliseconds: Int64?) -> Int? {
        guard let range = Key(key).flatMap({ ranges[$0] }) else { return nil }
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if times[order[middle]] <= moment { low = middle + 1 } else { high = middle }
        }
        guard low > range.lowerBound else { return nil }
        let row = order[low - 1]
        if let ageMaxMilliseconds, !times[row].isWithin(milliseconds: ageMaxMilliseconds, of: moment) { return nil }
        return row
    }

    /// Refuses rows of one key and one time: which of them held could only be guessed.
    func refuseRepeats(key: String, time: String, named name: String) throws(DataError) {
        var count = 0
        var first: Int?
        for range in ranges.values {
            for place in range.dropFirst() where times[order[place]] == times[order[place - 1]] {
                count += 1
                first = min(first ?? order[place], order[place])
            }
        }
        guard let first else { return }
        throw DataError(
            .malformed,
            "\(CountText.text(count)) of \(CountText.text(times.count)) rows of \(name) have the '\(key)' and the "
                + "'\(time)' of another one, first row \(first + 1)",
            hint: "Let the query give one row for each \(key) and \(time), such as with max(…) and group by.")
    }
}
