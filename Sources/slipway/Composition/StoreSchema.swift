import Foundation
import SlipwayData

/// The schemas of a PostgreSQL database that hold the state of a project.
///
/// The parts of a name have no colon in them, so no two parts of any projects share a schema.
enum StoreSchema {
    /// The bytes of a name in PostgreSQL.
    static let byteCountMax = 63

    /// The schema of the registry and the keys, such as `slipway:telco`.
    static func name(project: String) -> String { fitting("slipway:\(project)") }

    /// The schema of an environment, such as `slipway:telco:production`.
    static func name(project: String, environment: String) -> String { fitting("slipway:\(project):\(environment)") }

    /// The name, or its digest where it is too long.
    private static func fitting(_ name: String) -> String {
        guard name.utf8.count > byteCountMax else { return name }
        return "slipway:\(SHA256Digest(of: Data(name.utf8)).hex.prefix(40))"
    }
}
