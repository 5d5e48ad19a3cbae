public import SlipwayData

extension Signature {
    /// Reads one record of named fields into cells in the order of ``inputs``, and refuses what does not fit.
    ///
    /// - Parameters:
    ///   - record: The fields by name. `null` and `"NaN"` read as missing.
    ///   - allowed: Names that may be present without being fields, such as the entity key.
    /// - Throws: ``ModelError`` of kind `signatureMismatch` that names the field: missing, unknown, wrong type, not
    ///   finite, outside the range, or none of the categories.
    /// - Complexity: O(fields × members).
    public func cells(of record: JSONObject, allowing allowed: Set<String> = []) throws(ModelError) -> [Value] {
        var cells: [Value] = []
        cells.reserveCapacity(inputs.count)
        var found = 0
        for field in inputs {
            let given = record[field.name]
            if given != nil { found += 1 }
            cells.append(try field.cell(from: given))
        }
        if found < record.members.count { try refuseUnknown(in: record, allowing: allowed) }
        return cells
    }

    private func refuseUnknown(in record: JSONObject, allowing allowed: Set<String>) throws(ModelError) {
        for (name, _) in record.members where input(named: name) == nil && !allowed.contains(name) {
            let near = Spelling.nearest(to: name, among: inputs.map(\.name))
            throw ModelError(
                .signatureMismatch, "there is no field '\(name)'",
                hint: near.map { "Did you mean '\($0)'?" } ?? "Leave it out, or see the model's page for its fields.",
                field: name)
        }
    }
}

extension InputField {
    /// Reads one JSON value into a cell of this field; a missing one becomes the default.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch`.
    public func cell(from json: JSONValue?) throws(ModelError) -> Value {
        switch json {
        case nil, .null?: return try substitute()
        case .string("NaN")? where type != .string: return try substitute()
        case .array?, .object?:
            throw mismatch("must be \(expectation), not \(json?.kindPhrase ?? "null")")
        case let json?:
            return try checked(json.asValue ?? .missing)
        }
    }

    /// Checks one cell against type, range, and categories; a missing one becomes the default.
    ///
    /// - Returns: The cell in the type of the field.
    /// - Throws: ``ModelError`` of kind `signatureMismatch`.
    public func checked(_ cell: Value) throws(ModelError) -> Value {
        guard !cell.isMissing else { return try substitute() }
        let typed = try converted(cell)
        if let bound = brokenBound(by: typed) { throw mismatch(bound, found: outside(typed)) }
        return typed
    }

    /// The cell in the type of the field, without a look at range, categories, and whether the field is required.
    ///
    /// This is what batches of rows are read with: a missing cell becomes the default, or stays missing where the model
    /// can be told so.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` when the type does not fit.
    public func converted(_ cell: Value) throws(ModelError) -> Value {
        guard !cell.isMissing else { return try filled() }
        switch (type, cell) {
        case (.number, .number(let number)): return .number(try fitting(number))
        case (.number, .integer(let whole)): return .number(try fitting(Double(whole)))
        case (.integer, .integer(let whole)): return .integer(try fitting(whole))
        case (.boolean, .boolean), (.string, .string): return cell
        case (.integer, .number(let number)):
            guard let whole = Int64(exactly: number) else {
                throw mismatch("must be a whole number", found: ", not \(cell.text)")
            }
            return .integer(try fitting(whole))
        case (.boolean, .integer(let whole)) where whole == 0 || whole == 1: return .boolean(whole == 1)
        default:
            let kind = cell.type?.rawValue ?? "value"
            throw mismatch("must be \(expectation)", found: ", not the \(kind) '\(cell.text.prefix(60))'")
        }
    }

    /// The cell of a table in the type of the field.
    ///
    /// Unlike a record, a file does not tell the whole number `7` from the text `7`, so a text field takes both.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` when the type does not fit.
    func converted(fromTable cell: Value) throws(ModelError) -> Value {
        switch (type, cell) {
        case (.string, .integer), (.string, .boolean): try converted(.string(cell.text))
        default: try converted(cell)
        }
    }

    /// Says how a cell of the right type lies outside the range or the categories, or `nil` when it does not.
    public func outOfBounds(_ cell: Value) -> String? { brokenBound(by: cell).map { $0 + outside(cell) } }

    /// The range or the categories that a cell of the right type lies outside of, without a word of the cell.
    package func brokenBound(by cell: Value) -> String? {
        if let categories, !cell.isMissing, !categories.contains(where: { $0.matches(cell) }) {
            let known = categories.prefix(12).map { "'\($0.text)'" }.joined(separator: ", ")
            return "must be one of \(known)\(categories.count > 12 ? ", …" : "")"
        }
        guard let number = cell.asNumber, minimum != nil || maximum != nil else { return nil }
        if let minimum, number < minimum { return "must be at least \(Value.number(minimum).text)" }
        if let maximum, number > maximum { return "must be at most \(Value.number(maximum).text)" }
        return nil
    }

    private func outside(_ cell: Value) -> String {
        if case .string(let text) = cell { return ", not '\(text.prefix(60))'" }
        return categories == nil ? ", not \(cell.text)" : ", not '\(cell.text)'"
    }

    private func substitute() throws(ModelError) -> Value {
        if isRequired, defaultValue == nil { throw mismatch("is required") }
        return try filled()
    }

    private func filled() throws(ModelError) -> Value {
        if let defaultValue { return defaultValue }
        if elementType.columnType == .integer || elementType == .bool {
            throw mismatch("is missing, and the model has no way to say so in \(elementType)")
        }
        return .missing
    }

    /// The number, unless the model's own type would make it infinite.
    private func fitting(_ number: Double) throws(ModelError) -> Double {
        guard number.isFinite else { throw mismatch("must be finite") }
        let isTooLarge =
            switch elementType {
            case .float16: Float(number).magnitude >= Self.halfOverflow
            case .float32: Float(number).isInfinite
            default: false
            }
        if isTooLarge { throw mismatch("is too large for the model, which reads \(elementType) there") }
        return number
    }

    /// The smallest magnitude that rounds to infinity in half precision.
    private static let halfOverflow: Float = 65_520

    /// The whole number, unless the model's own type does not reach that far.
    private func fitting(_ whole: Int64) throws(ModelError) -> Int64 {
        if let range = elementType.wholeRange, !range.contains(whole) {
            let reach = "which the model cannot read: its \(elementType) goes from \(range.lowerBound) to "
            var error = mismatch("is \(whole), \(reach)\(range.upperBound)")
            error.rule = "field '\(name)' is a number \(reach)\(range.upperBound)"
            throw error
        }
        if elementType.columnType == .number { _ = try fitting(Double(whole)) }
        return whole
    }

    private var expectation: String {
        switch type {
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .string: "a text"
        }
    }

    private func mismatch(_ what: String, found: String = "") -> ModelError {
        var error = ModelError(.signatureMismatch, "field '\(name)' \(what)\(found)", field: name)
        if !found.isEmpty { error.rule = "field '\(name)' \(what)" }
        return error
    }
}

extension Value {
    /// Whether two cells are the same or read the same; texts match byte for byte, as they do in the model.
    fileprivate func matches(_ other: Value) -> Bool {
        if case (.string(let text), .string(let wanted)) = (self, other) { return ByteText(text) == ByteText(wanted) }
        return self == other || text == other.text
    }
}
