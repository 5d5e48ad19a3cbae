/// The objects and arrays around the value that a reader stands at, which spell the path in its messages.
struct DocumentStack {
    /// One object or array that was entered and not yet left.
    struct Level {
        /// Whether it is an object.
        let isObject: Bool
        /// How many members or elements were begun.
        var count = 0
        /// The names of the members so far, in an object.
        var names: Set<String> = []
        /// The name of the member begun last.
        var name = ""
        /// How many members or elements are still to come where the document says so in advance.
        var remaining: Int?
        /// The type that all members or elements share where the document says so in advance.
        var sharedType: UInt8?
    }

    /// The most levels.
    let depthMax: Int
    /// The levels from the outermost one.
    private(set) var levels: [Level] = []

    init(depthMax: Int) { self.depthMax = depthMax }

    /// Whether another level would be one too many.
    var isFull: Bool { levels.count >= depthMax }

    /// The level that the reader stands in.
    var current: Level? { levels.last }

    /// Goes into an object or array.
    mutating func enter(_ level: Level) { levels.append(level) }

    /// Leaves the innermost object or array.
    mutating func leave() { _ = levels.popLast() }

    /// Begins a member; returns false when its name occurred before.
    mutating func beginMember(_ name: String) -> Bool {
        guard let last = levels.indices.last else { return false }
        levels[last].count += 1
        levels[last].name = name
        return levels[last].names.insert(name).inserted
    }

    /// Begins an element.
    mutating func beginElement() { advance(by: 1) }

    /// Passes over so many elements at once.
    mutating func advance(by count: Int) {
        guard let last = levels.indices.last else { return }
        levels[last].count += count
    }

    /// Counts down what is still to come; returns false when nothing is, and `nil` when that is not known in advance.
    mutating func takeFromRemaining() -> Bool? {
        guard let last = levels.indices.last, let remaining = levels[last].remaining else { return nil }
        guard remaining > 0 else { return false }
        levels[last].remaining = remaining - 1
        return true
    }

    /// The path to the value begun last, such as `learner.gradient_booster.model.trees[3].id`.
    var path: String {
        var path = ""
        for level in levels where level.count > 0 {
            if level.isObject {
                path += (path.isEmpty ? "" : ".") + level.name.prefix(60)
            } else {
                path += "[\(level.count - 1)]"
            }
        }
        return path
    }
}
