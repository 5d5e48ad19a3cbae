import SlipwayModel

/// Known sequences of texts or of numbers, found member by member.
///
/// A sequence is a way through a tree whose steps lie in one table: from a node by the number of a member to the next.
struct NGramPool: Sendable {
    /// The members of all sequences, without repetitions.
    private enum Members: Sendable {
        case texts(TextPlaces)
        case numbers(NumberPlaces)
    }

    private let members: Members
    /// The number of each step, by the node where it begins and the member; the next node has the number after it.
    private let steps: NumberPlaces
    /// The node after each one by each member, or -1, where that is not too much to keep; else empty.
    private let next: [Int32]
    private let memberCount: Int
    /// The number of the sequence that ends at each node, or -1.
    private let sequences: [Int]

    /// Whether the sequences are of texts.
    var holdsTexts: Bool {
        if case .texts = members { true } else { false }
    }

    /// Makes a pool; of a sequence given twice the last one counts.
    ///
    /// - Parameter lengths: The number of members of each sequence.
    init(texts: [String], lengths: [Int]) {
        let places = TextPlaces(texts, prefersLast: false)
        (steps, next, sequences) = Self.tree(texts.map { places.place(of: $0) }, lengths)
        memberCount = texts.count
        members = .texts(places)
    }

    /// Makes a pool of numbers.
    init(numbers: [Int64], lengths: [Int]) {
        let places = NumberPlaces(numbers, prefersLast: false)
        (steps, next, sequences) = Self.tree(numbers.map { places.place(of: $0) }, lengths)
        memberCount = numbers.count
        members = .numbers(places)
    }

    /// The most ways from node to node that are kept in a table of all.
    private static let tableLimit = 1 << 16

    private static func tree(
        _ members: [Int], _ lengths: [Int]
    ) -> (steps: NumberPlaces, next: [Int32], sequences: [Int]) {
        var steps: [Int64] = []
        var nodes: [Int64: Int] = [:]
        var sequences = [-1]
        var place = 0
        for (number, length) in lengths.enumerated() {
            var node = 0
            for member in members[place..<place + length] {
                let step = key(node, member)
                if let next = nodes[step] {
                    node = next
                } else {
                    steps.append(step)
                    sequences.append(-1)
                    nodes[step] = steps.count
                    node = steps.count
                }
            }
            sequences[node] = number
            place += length
        }
        var next: [Int32] = []
        if sequences.count <= tableLimit / max(members.count, 1) {
            next = [Int32](repeating: -1, count: sequences.count * members.count)
            for (step, node) in nodes {
                next[Int(step >> 32) * members.count + Int(truncatingIfNeeded: step & 0xFFFF_FFFF)] = Int32(node)
            }
        }
        return (NumberPlaces(steps, prefersLast: false), next, sequences)
    }

    @inline(__always)
    private static func key(_ node: Int, _ member: Int) -> Int64 { Int64(node) << 32 | Int64(member) }

    /// The number of each text among the members, -1 for an unknown one.
    func members(of texts: [String]) -> [Int] {
        guard case .texts(let places) = members else { return [] }
        return [Int](unwritten: texts.count) { members, written in
            places.forEachPlace(of: texts, count: texts.count) { members[$0] = $1 }
            written = texts.count
        }
    }

    /// The number of each number among the members, -1 for an unknown one.
    func members(of numbers: [Int64]) -> [Int] {
        guard case .numbers(let places) = members else { return [] }
        return numbers.transformed { places.place(of: $0) }
    }

    /// The number of the sequence that so many members at equal distances are, or -1.
    @inline(__always)
    func sequence(from members: UnsafePointer<Int>, count: Int, by distance: Int) -> Int {
        var node = 0
        for index in 0..<count {
            let member = members[index &* distance]
            guard member >= 0 else { return -1 }
            node =
                next.isEmpty
                ? steps.place(of: Self.key(node, member)) &+ 1 : Int(next[node &* memberCount &+ member])
            guard node > 0 else { return -1 }
        }
        return sequences[node]
    }
}
