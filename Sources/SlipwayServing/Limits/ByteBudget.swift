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

    /// Takes bytes.
    ///
    /// - Throws: ``ServingError`` of kind `busy`, with nothing taken, when there are not so many left.
    package func take(_ byteCount: Int) throws(ServingError) {
        guard taken.add(byteCount, ordering: .relaxed).newValue > byteCountMax else { return }
        give(byteCount)
        throw ServingError(
            .busy, "the bodies of all requests together are larger than \(Self.text(of: byteCountMax))",
            hint: "Try again later, or send less at a time.", retryAfterSeconds: 1)
    }

    /// Gives bytes back.
    func give(_ byteCount: Int) { taken.subtract(byteCount, ordering: .relaxed) }

    /// A number of bytes as limits are said.
    static func text(of byteCount: Int) -> String {
        byteCount % (1 << 20) == 0 ? "\(byteCount >> 20) MiB" : "\(byteCount) bytes"
    }
}
