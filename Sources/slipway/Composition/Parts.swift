import SlipwayData
import SlipwayDuckDB
import SlipwayHTTP
import SlipwayONNXRuntime
import SlipwayPostgreSQL

/// The libraries and files of others that single features need.
enum Parts {
    /// Where a part lies, with its version if it states one, or why there is none.
    typealias Part = (place: String?, reason: String?)

    /// The files of Swagger UI.
    static var swaggerUI: Part { (SwaggerUI.shared.folder, SwaggerUI.shared.reason) }

    /// ONNX Runtime.
    static var onnxRuntime: Part {
        let library = SlipwayONNXRuntime.Library.shared
        return part(library.path, library.version, library.reason)
    }

    /// PostgreSQL's client library.
    static var postgreSQL: Part {
        let library = SlipwayPostgreSQL.Library.shared
        return part(library.path, library.version, library.reason)
    }

    /// DuckDB.
    static var duckDB: Part {
        let library = SlipwayDuckDB.Library.shared
        return part(library.path, library.version, library.reason)
    }

    /// What reads and writes Parquet; DuckDB is looked for when it is first used.
    static let parquet: any ParquetFiles = DuckDBParquet()

    private static func part(_ path: String?, _ version: String?, _ reason: String?) -> Part {
        (path.map { "\(version ?? "") at \($0)" }, reason)
    }
}
