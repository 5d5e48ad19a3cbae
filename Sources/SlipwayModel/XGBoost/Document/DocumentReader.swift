/// A reader that walks through a tree of objects, arrays and scalars without building it.
///
/// The caller asks for what it expects; anything else is refused with the place and both kinds. Lists of numbers come
/// out as flat arrays.
///
/// ## Contract for implementers
/// - Nothing in the bytes is trusted: a count never leads to more memory than the bytes that are really there warrant.
/// - Every problem is a ``ModelError`` of kind `malformedModel` or `limitExceeded` made by ``failure(_:kind:)``.
/// - ``position`` and ``stack`` follow what is read, for they are what such an error names.
/// - An object in which a name occurs twice is refused.
protocol DocumentReader {
    /// The byte that is read next.
    var position: Int { get }

    /// The objects and arrays around it.
    var stack: DocumentStack { get }

    /// The kind of the value that comes next.
    ///
    /// - Throws: ``ModelError`` when no value comes.
    mutating func nextKind() throws(ModelError) -> DocumentValueKind

    /// Goes into the object that comes next.
    mutating func enterObject() throws(ModelError)

    /// The name of the next member, whose value the caller must then read or skip; `nil` when the object has ended.
    mutating func nextMember() throws(ModelError) -> String?

    /// Goes into the array that comes next.
    mutating func enterArray() throws(ModelError)

    /// Whether another element comes, which the caller must then read or skip; at the end the array is left.
    mutating func nextElement() throws(ModelError) -> Bool

    /// Reads a text.
    mutating func text() throws(ModelError) -> String

    /// Reads a whole number; true counts as 1 and false as 0.
    mutating func integer() throws(ModelError) -> Int64

    /// Reads a list of numbers, each rounded once to single precision.
    mutating func floats() throws(ModelError) -> [Float]

    /// Reads a list of whole numbers of 32 bits; true counts as 1 and false as 0.
    mutating func integers() throws(ModelError) -> [Int32]

    /// Passes over a number, a truth value, a null, or a text.
    mutating func skipScalar() throws(ModelError)

    /// Passes over an array.
    mutating func skipArray() throws(ModelError)

    /// Makes sure that nothing stands behind the document.
    mutating func finish() throws(ModelError)
}

extension DocumentReader {
    /// An error at the place that was reached.
    func failure(_ problem: String, kind: ModelError.Code) -> ModelError {
        let path = stack.path
        return ModelError(
            kind, "The XGBoost model is broken at \(path.isEmpty ? "its start" : path) (byte \(position)): \(problem).",
            hint: "Save the model again with Booster.save_model.")
    }

    /// An error that says that the bytes break the format.
    func malformed(_ problem: String) -> ModelError { failure(problem, kind: .malformedModel) }

    /// Passes over a value of any kind, which is checked like any other.
    mutating func skip() throws(ModelError) {
        switch try nextKind() {
        case .object:
            try enterObject()
            while try nextMember() != nil { try skip() }
        case .array: try skipArray()
        case .text, .number, .other:
            try skipScalar()
        }
    }

    /// Reads a list of texts.
    mutating func texts() throws(ModelError) -> [String] {
        var texts: [String] = []
        try enterArray()
        while try nextElement() { texts.append(try text()) }
        return texts
    }
}
