import Synchronization

/// A number of bytes that many share, such as those of all bodies that are held at once.
public final class ByteBudget: Sendable {
    /// The bytes that there are.
    public let byteCountMax: Int
    private let taken = Atomic(0)

    /// Makes a budget of which nothing is taken.
    public init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

    /// The bytes that are taken.
    public var byteCount: Int { taken.load(ordering: .relaxed) }

    /// Takes bytes; `false`, with nothing taken, when there are not so many left.
    package func take(_ byteCount: Int) -> Bool {
        guard taken.add(byteCount, ordering: .relaxed).newValue > byteCountMax else { return true }
        give(byteCount)
        return false
    }

    /// Gives bytes back.
    package func give(_ byteCount: Int) { taken.subtract(byteCount, ordering: .relaxed) }
}
