import SlipwayData
import SlipwayModel

/// Writes a plan as the text of one query.
struct SQLRenderer {
    private let plan: SQLPlan
    private let table: String
    private let keys: [String]
    private var dialect: SQLDialect { plan.dialect }

    /// Prepares a query over a table.
    ///
    /// - Parameters:
    ///   - table: The name of the table or view; dots part it from its schema.
    ///   - keys: The columns of the table that the answer keeps.
    init(_ plan: SQLPlan, table: String, keys: [String]) {
        self.plan = plan
        self.table = table
        self.keys = keys
    }

    /// The query.
    ///
    /// - Throws: ``ModelError`` of kind `limitExceeded` as soon as the text is above ``SQLLimits/byteCount(for:)``.
    func text(notes: [String]) throws(ModelError) -> String {
        var text = notes.map { "-- \($0.split(whereSeparator: \.isNewline).joined(separator: " "))\n" }.joined()
        text += "WITH slipway_0 AS (\n  SELECT\n"
        let kept = keys.indices.map { "    t.\(dialect.quoted(keys[$0])) AS k\($0)" }
        let read = plan.fields.map { "    \(field($0)) AS f\($0)" }
        // A model that reads no field still answers once per row.
        text += (kept + read + (kept.isEmpty && read.isEmpty ? ["    1 AS k0"] : [])).joined(separator: ",\n")
        text += "\n  FROM \(tableName) AS t\n\(fence))"
        for (index, step) in plan.steps.enumerated() {
            text += ",\nslipway_\(index + 1) AS (\n  SELECT\n    "
            let carried = keys.indices.map { "k\($0)" } + step.carried.map(name)
            text += carried.joined(separator: ", ")
            for (place, id) in step.computed.enumerated() {
                text += carried.isEmpty && place == 0 ? "" : ",\n    "
                write(plan.pool[id], to: &text)
                text += " AS \(name(id))"
                try check(text)
            }
            text += "\n  FROM slipway_\(index)\n\(fence))"
        }
        text += "\nSELECT\n"
        for index in keys.indices { text += "  k\(index) AS \(dialect.quoted(keys[index])),\n" }
        for (index, output) in plan.outputs.enumerated() {
            text += index == 0 ? "  " : ",\n  "
            write(output.expression, to: &text, isValue: true)
            text += " AS \(dialect.quoted(output.name))"
            try check(text)
        }
        return text + "\nFROM slipway_\(plan.steps.count);\n"
    }

    private var fence: String { dialect.fence.map { "  \($0)\n" } ?? "" }

    private var tableName: String {
        table.split(separator: ".", omittingEmptySubsequences: false)
            .map { dialect.quoted(String($0)) }.joined(separator: ".")
    }

    private func name(_ id: ExpressionID) -> String {
        if case .field(let index) = plan.pool[id] { return "f\(index)" }
        return plan.columnNames[id] ?? ""
    }

    private func check(_ text: String) throws(ModelError) {
        let limit = SQLLimits.byteCount(for: dialect)
        guard text.utf8.count > limit else { return }
        throw ModelError(
            .limitExceeded, "the query would be longer than the \(limit >> 20) MiB that \(dialect.rawValue) is given",
            hint: "Export a model of fewer or smaller trees, or score with `slipway score`.")
    }

    /// A column of the table as the model reads it: in its type, with NaN and what is missing as `NULL`.
    private func field(_ index: Int) -> String {
        let field = plan.signature.inputs[index]
        let column = "t.\(dialect.quoted(field.name))"
        let kind = field.elementType.expressionKind
        var text: String
        switch (kind, field.type) {
        case (.truth, _): text = "CAST(\(column) AS INTEGER) = 1"
        case (.text, .boolean):
            text = "CASE CAST(\(column) AS INTEGER) WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
        case (.text, .integer):
            text = cast(cast(column, to: .whole), to: .text)
        case (.text, _): text = cast(column, to: .text)
        case (_, .boolean): text = cast("CAST(\(column) AS INTEGER)", to: kind)
        case (.number, _) where dialect == .sqlite:
            // In SQLite any cell may hold a text, and an empty one would be read as zero.
            text = cast("NULLIF(\(column), '')", to: .number)
        case (.number, _):
            text = cast(column, to: .number)
            if let nothing = dialect.notANumber { text = "NULLIF(\(text), \(nothing))" }
        case (.whole, _): text = cast(column, to: .whole)
        }
        guard let standard = standardValue(of: field, kind) else { return text }
        return "COALESCE(\(text), \(standard))"
    }

    private func standardValue(of field: InputField, _ kind: SQLExpression.Kind) -> String? {
        guard let value = field.defaultValue, !value.isMissing else { return kind == .text ? "''" : nil }
        switch kind {
        case .text: return dialect.literal(value.text)
        case .number: return value.asNumber.map { dialect.typedLiteral($0) }
        case .whole: return value.asNumber.map { "\(Int64($0))" }
        case .truth: return value.asNumber == 1 ? "TRUE" : "FALSE"
        }
    }

    private func cast(_ text: String, to kind: SQLExpression.Kind) -> String {
        "CAST(\(text) AS \(dialect.typeName(of: kind)))"
    }

    /// Writes an expression where it is read: its name if it is a column, else itself.
    private func write(_ id: ExpressionID, to text: inout String, isValue: Bool = false) {
        if plan.pool[id].isField || plan.columnNames[id] != nil {
            text += name(id)
        } else {
            write(plan.pool[id], to: &text, isValue: isValue)
        }
    }

    private func write(_ expression: SQLExpression, to text: inout String, isValue: Bool = true) {
        switch expression {
        case .field(let index): text += "f\(index)"
        case .number(let value): text += isValue ? dialect.typedLiteral(value) : dialect.literal(value)
        case .whole(let value): text += wholeLiteral(value)
        case .text(let value): text += dialect.literal(value.text)
        case .truth(let value): text += value ? "TRUE" : "FALSE"
        case .missing(let kind): text += dialect == .sqlite ? "NULL" : cast("NULL", to: kind)
        case .binary(let operation, let a, let b): writeList([a, b], " \(operation.rawValue) ", to: &text)
        case .sum(let terms, let isSingle): writeSum(terms, isSingle: isSingle, to: &text)
        case .function(let function, let x): writeFunction(function, x, to: &text)
        case .extreme(let terms, let isLargest):
            text += extremeName(isLargest)
            writeList(terms, ", ", to: &text, isValue: true)
        case .rounded(let x): writeRounded(x, to: &text)
        case .defined(let x): writeDefined(x, to: &text)
        case .converted(let x, let kind): writeConverted(x, kind, to: &text)
        case .comparison(let comparison, let a, let b):
            write(a, to: &text)
            text += " \(comparison.rawValue) "
            if case .number(let value) = plan.pool[b] { text += dialect.threshold(value) } else { write(b, to: &text) }
        case .isMissing(let x):
            write(x, to: &text)
            text += " IS NULL"
        case .definite(let x):
            text += "COALESCE("
            write(x, to: &text)
            text += ", FALSE)"
        case .not(let x):
            text += "NOT ("
            write(x, to: &text)
            text += ")"
        case .all(let terms): writeList(terms, " AND ", to: &text)
        case .any(let terms): writeList(terms, " OR ", to: &text)
        case .cases(let branches, let otherwise): writeCases(branches, otherwise, to: &text)
        case .lookup(let x, let branches, let otherwise): writeLookup(x, branches, otherwise, to: &text)
        case .coalesce(let x, let other):
            text += "COALESCE"
            writeList([x, other], ", ", to: &text, isValue: true)
        }
    }
}

extension SQLRenderer {
    private func writeList(
        _ terms: [ExpressionID], _ separator: String, to text: inout String, isValue: Bool = false
    ) {
        text += "("
        for (index, term) in terms.enumerated() {
            if index > 0 { text += separator }
            write(term, to: &text, isValue: isValue)
        }
        text += ")"
    }

    private func writeSum(_ terms: [ExpressionID], isSingle: Bool, to text: inout String) {
        guard isSingle, dialect.hasSinglePrecision else { return writeList(terms, " + ", to: &text) }
        text += "CAST("
        for (index, term) in terms.enumerated() {
            text += index > 0 ? " + CAST(" : "CAST("
            write(term, to: &text)
            text += " AS \(dialect.singleTypeName))"
        }
        text += " AS \(dialect.typeName(of: .number)))"
    }

    private func writeFunction(_ function: SQLExpression.Function, _ x: ExpressionID, to text: inout String) {
        let name =
            switch function {
            case .exponential: "EXP"
            case .logarithm: "LN"
            case .squareRoot: "SQRT"
            case .hyperbolicTangent: "TANH"
            case .absolute: "ABS"
            case .floor: "FLOOR"
            case .ceiling: "CEIL"
            }
        // Spark rounds to whole numbers, which are another type.
        let isCast = dialect == .spark && (function == .floor || function == .ceiling)
        text += isCast ? "CAST(\(name)(" : "\(name)("
        write(x, to: &text)
        text += isCast ? ") AS DOUBLE)" : ")"
    }

    private func extremeName(_ isLargest: Bool) -> String {
        switch (dialect, isLargest) {
        case (.sqlite, true): "MAX"
        case (.sqlite, false): "MIN"
        case (_, true): "GREATEST"
        case (_, false): "LEAST"
        }
    }

    /// Most databases raise an error for what rounds to zero or infinity: the one is written out, the other left as
    /// it is.
    private func writeRounded(_ x: ExpressionID, to text: inout String) {
        let opening = "CAST(CAST("
        let closing = " AS \(dialect.singleTypeName)) AS \(dialect.typeName(of: .number)))"
        guard dialect.roundingMentions > 1 else {
            text += opening
            write(x, to: &text)
            text += closing
            return
        }
        text += "CASE WHEN ABS("
        write(x, to: &text)
        text += ") BETWEEN \(dialect.literal(7.1e-46)) AND \(dialect.literal(3.4028235e38)) THEN \(opening)"
        write(x, to: &text)
        text += "\(closing) WHEN ABS("
        write(x, to: &text)
        text += ") < 1 THEN \(dialect.typedLiteral(0)) ELSE "
        write(x, to: &text)
        text += " END"
    }

    private func writeDefined(_ x: ExpressionID, to text: inout String) {
        guard let nothing = dialect.notANumber else { return write(x, to: &text) }
        text += "NULLIF("
        write(x, to: &text)
        text += ", \(nothing))"
    }

    private func writeConverted(_ x: ExpressionID, _ kind: SQLExpression.Kind, to text: inout String) {
        // PostgreSQL and DuckDB round to the nearest whole number unless the fraction is cut off first.
        let isCut = kind == .whole && (dialect == .postgres || dialect == .duckdb)
        text += isCut ? "CAST(TRUNC(" : "CAST("
        write(x, to: &text)
        text += isCut ? ")" : ""
        text += " AS \(dialect.typeName(of: kind)))"
    }

    private func writeCases(_ branches: [SQLExpression.Branch], _ otherwise: ExpressionID, to text: inout String) {
        text += "CASE"
        var branches = branches
        var last = otherwise
        while true {
            for branch in branches {
                text += " WHEN "
                write(branch.condition, to: &text)
                text += " THEN "
                write(branch.value, to: &text, isValue: true)
            }
            guard plan.columnNames[last] == nil, case .cases(let more, let next) = plan.pool[last] else { break }
            branches = more
            last = next
        }
        text += " ELSE "
        write(last, to: &text, isValue: true)
        text += " END"
    }

    private func writeLookup(
        _ x: ExpressionID, _ branches: [SQLExpression.Branch], _ otherwise: ExpressionID, to text: inout String
    ) {
        text += "CASE "
        write(x, to: &text)
        for branch in branches {
            text += " WHEN "
            if case .number(let key) = plan.pool[branch.condition] {
                text += dialect.threshold(key)
            } else {
                write(branch.condition, to: &text)
            }
            text += " THEN "
            write(branch.value, to: &text, isValue: true)
        }
        text += " ELSE "
        write(otherwise, to: &text, isValue: true)
        text += " END"
    }

    private func wholeLiteral(_ value: Int64) -> String {
        if Int64(Int32.min) < value, value <= Int64(Int32.max) { return value < 0 ? "(\(value))" : "\(value)" }
        return cast("\(value)", to: .whole)
    }
}
