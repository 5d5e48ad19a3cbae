import Foundation
import SlipwayData

/// The number of some records, and a digest of all that they hold and of their order.
struct RecordDigest: Equatable {
    /// The bytes that are gathered before they go into the digest.
    private static let pieceByteCount = 1 << 20

    private(set) var count = 0
    private var digest = ""
    private var piece = Data()

    mutating func add(_ record: LoggedPrediction) {
        count += 1
        piece.append(contentsOf: record.canonicalText.utf8)
        piece.append(SegmentLine.lineFeed)
        guard piece.count >= Self.pieceByteCount else { return }
        digest = SHA256Digest(of: Data(digest.utf8) + piece).hex
        piece.removeAll(keepingCapacity: true)
    }
}
