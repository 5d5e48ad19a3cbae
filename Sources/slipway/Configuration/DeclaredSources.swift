/// The sources that a file defines, for the parts that refer to them.
struct DeclaredSources {
    /// The names of all sources, the broken ones too, so that one mistake is not reported twice.
    let names: [String]
    /// The sources that read without a problem, by name.
    let sources: [String: SourceConfiguration]

    /// Whether a source is a CSV file, or too broken to tell.
    func isCSV(_ name: String) -> Bool { sources[name].map { $0.kind == .csv } ?? true }
}
