import SlipwayData
import SlipwayDuckDB
import SlipwayHTTP
import SlipwayPostgreSQL

/// The libraries and files of others that single features need.
enum Parts {
    /// The folder of Swagger UI's files, or why there is none.
    static var swaggerUI: (folder: String?, reason: String?) { (SwaggerUI.shared.folder, SwaggerUI.shared.reason) }

    /// The version of PostgreSQL's client library and where it lies, or why there is none.
    static var postgreSQL: (place: String?, reason: String?) {
        let library = SlipwayPostgreSQL.Library.shared
        return (library.path.map { "\(library.version ?? "") at \($0)" }, library.reason)
    }

    /// The version of DuckDB and where it lies, or why there is none.
    static var duckDB: (place: String?, reason: String?) {
        let library = SlipwayDuckDB.Library.shared
        return (library.path.map { "\(library.version ?? "") at \($0)" }, library.reason)
    }

    /// What reads and writes Parquet; DuckDB is looked for when it is first used.
    static let parquet: any ParquetFiles = DuckDBParquet()
}
