/// The rows of a file that tell the types of its columns, where the file itself does not.
enum TypeSample {
    /// The first ones: the file is read once.
    case first
    /// All: the file is held in memory while they are looked through.
    case all

    /// The number of rows as the library wants it.
    var rowCount: Int {
        switch self {
        case .first: 20_480
        case .all: -1
        }
    }
}
