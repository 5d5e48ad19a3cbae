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
}
