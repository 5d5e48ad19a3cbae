import SlipwayData
import SlipwayRegistry

/// How commands show a version to programs.
enum VersionText {
    /// The version as JSON members.
    static func json(of version: ModelVersion) -> JSONObject {
        [
            "model": .string(version.model), "version": .integer(Int64(version.number)),
            "digest": .string(version.digest.hex), "created_at": .string(version.createdAt.description),
            "created_by": .string(version.createdBy),
        ]
    }
}
