/// The kinds of values that a document is made of.
enum DocumentValueKind: String {
    /// Members with names.
    case object = "an object"
    /// Elements in order.
    case array = "an array"
    /// A text.
    case text = "a text"
    /// A number.
    case number = "a number"
    /// A truth value or null.
    case other = "a truth value or null"
}
