import Foundation
import SlipwayData

/// The schemas of a PostgreSQL database that hold the state of a project.
enum StoreSchema {
    /// The bytes of a name in PostgreSQL.
    static let byteCountMax = 63

    /// The schema of an environment, such as `slipway:telco:production`.
    ///
    /// The parts of the name have no colon in them, so no two environments of any projects share a schema. Of a name
    /// that is too long its digest is taken.
    static func name(project: String, environment: String) -> String {
        let name = "slipway:\(project):\(environment)"
        guard name.utf8.count > byteCountMax else { return name }
        return "slipway:\(SHA256Digest(of: Data(name.utf8)).hex.prefix(40))"
    }
}
