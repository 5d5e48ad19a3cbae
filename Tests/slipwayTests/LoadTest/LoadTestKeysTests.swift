import Foundation
import SlipwayData
import Testing

@testable import slipway

struct LoadTestKeysTests {
    private func subject(key: String? = "customer id") -> LoadTestSubject {
        LoadTestSubject(model: "m", face: .rest, signature: nil, lookUpKey: key)
    }

    @Test func keysOfARangeAreAskedForInTheQuery() throws {
        let keys = try LoadTestKeys("5..7", of: subject())
        #expect(keys.paths.count == 3)
        #expect(keys.paths.allSatisfy { ["5", "6", "7"].map { "/models/m/predict?customer%20id=\($0)" }.contains($0) })
        let many = try LoadTestKeys("1..1000000000", of: subject()).paths
        #expect(many.count == LoadTestKeys.countMax && Set(many).count > many.count / 2)
        #expect(try LoadTestKeys("9..9", of: subject()).paths == ["/models/m/predict?customer%20id=9"])
    }

    @Test func keysOfAFileAreAskedForInItsOrder() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/keys.csv"
            try Data("customer id,x\na&b,1\n\u{fc},2\n".utf8).write(to: URL(filePath: path))
            #expect(
                try LoadTestKeys(path, of: subject()).paths == [
                    "/models/m/predict?customer%20id=a%26b", "/models/m/predict?customer%20id=%C3%BC",
                ])
            #expect(throws: DataError.self) { try LoadTestKeys(path, of: subject(key: "other")) }
        }
    }

    @Test(arguments: ["7..5", "-1..5", "1..9223372036854775807", "a..b", "1...5", "1..2..3", "none.csv"])
    func whatIsNeitherIsRefused(text: String) {
        #expect(throws: DataError.self) { try LoadTestKeys(text, of: subject()) }
    }

    @Test func aModelThatLooksNothingUpIsRefused() {
        #expect(throws: DataError.self) { try LoadTestKeys("1..5", of: subject(key: nil)) }
    }
}
