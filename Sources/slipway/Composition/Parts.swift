import SlipwayHTTP

/// What `dev/setup` installs beside the engines.
enum Parts {
    /// The folder of Swagger UI's files, or why there is none.
    static var swaggerUI: (folder: String?, reason: String?) { (SwaggerUI.shared.folder, SwaggerUI.shared.reason) }
}
