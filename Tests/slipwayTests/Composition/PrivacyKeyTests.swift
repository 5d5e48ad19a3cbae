import Foundation
import SlipwayData
import Synchronization
import Testing

@testable import slipway

struct PrivacyKeyTests {
    @Test func whoeverMakesTheKeyAtTheSameTimeHasTheSame() throws {
        try withTemporaryFolder { folder in
            let digests = Mutex<Set<[UInt8]>>([])
            DispatchQueue.concurrentPerform(iterations: 16) { _ in
                let digest = try? PrivacyKey.keyedDigest(stateFolder: "\(folder)/state")([1, 2, 3])
                digests.withLock { _ = $0.insert(digest ?? []) }
            }
            #expect(digests.withLock { $0.count } == 1 && !digests.withLock { $0.contains([]) })
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/state")
            #expect(names == ["privacy.key"])
        }
    }

    @Test func aKeyThatCannotBeReadIsNotReplaced() throws {
        try withTemporaryFolder { folder in
            // Whoever may read everything cannot be kept from a file, but a folder is no key for anybody.
            try FileManager.default.createDirectory(
                atPath: "\(folder)/privacy.key", withIntermediateDirectories: true)
            let error = #expect(throws: DataError.self) { try PrivacyKey.keyedDigest(stateFolder: folder) }
            #expect(error?.kind == .unreadable)
        }
    }
}
