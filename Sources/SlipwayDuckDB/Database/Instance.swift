import CDuckDB
import SlipwayData

/// An open database, in memory or a file, that any number of connections share.
///
/// Extensions, networks, files but those it is given, and other settings are closed to its queries before the first one.
final class Instance: @unchecked Sendable {
    // Safe because the pointer is set once, and the library lets any thread connect to a database.
    let functions: DuckFunctions
    private(set) var pointer: OpaquePointer?

    init(_ settings: DatabaseSettings, functions: DuckFunctions) throws(DataError) {
        self.functions = functions
        try open(settings)
        let connection = try Database(to: self)
        let files = settings.files.map(SQLText.literal).joined(separator: ", ")
        // The order matters: the last two close the door behind the first two.
        for statement in [
            "SET allowed_paths = [\(files)]", "SET temp_directory = ''", "SET enable_external_access = false",
            "SET lock_configuration = true",
        ] { try connection.run(statement) }
    }

    deinit { functions.close(&pointer) }

    private func open(_ settings: DatabaseSettings) throws(DataError) {
        var configuration: OpaquePointer?
        guard functions.create_config(&configuration) == DUCK_SUCCESS else {
            throw DataError(.sourceFailed, "DuckDB takes no configuration")
        }
        defer { functions.destroy_config(&configuration) }
        for (name, value) in Self.options(settings) {
            guard functions.set_config(configuration, name, value) == DUCK_SUCCESS else {
                throw DataError(.sourceFailed, "DuckDB does not take '\(value)' for '\(name)'")
            }
        }
        var message: UnsafeMutablePointer<CChar>?
        guard functions.open_ext(settings.path, &pointer, configuration, &message) == DUCK_SUCCESS else {
            defer { functions.free(message) }
            throw DuckDBMessage(message.map { String(cString: $0) }).error
        }
    }

    private static func options(_ settings: DatabaseSettings) -> [(String, String)] {
        let options = [
            ("threads", String(max(1, settings.threadCount))), ("memory_limit", "\(settings.memoryByteCountMax)B"),
            ("autoload_known_extensions", "false"), ("autoinstall_known_extensions", "false"),
            ("enable_external_file_cache", "false"),
        ]
        return settings.path == nil || settings.isWritable ? options : options + [("access_mode", "READ_ONLY")]
    }
}
