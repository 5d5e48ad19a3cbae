import Foundation
import SlipwayData

/// The databases that models are written for.
public enum SQLDialect: String, CaseIterable, Sendable {
    /// PostgreSQL 12 or later.
    case postgres
    /// DuckDB 1.0 or later.
    case duckdb
    /// SQLite 3.35 or later with its mathematical functions.
    case sqlite
    /// Spark SQL 3.3 or later, and Databricks.
    case spark

    /// The name and the oldest version, as the header of a query gives them.
    public var title: String {
        switch self {
        case .postgres: "PostgreSQL 12 or later"
        case .duckdb: "DuckDB 1.0 or later"
        case .sqlite: "SQLite 3.35 or later, built with its mathematical functions"
        case .spark: "Spark SQL 3.3 or later"
        }
    }
}

extension SQLDialect {
    /// The most columns of one step; PostgreSQL allows 1,664 in a result, SQLite 2,000.
    var columnCountMax: Int {
        switch self {
        case .postgres: 1_600
        case .sqlite: 1_900
        case .duckdb, .spark: 10_000
        }
    }

    /// How deep `CASE` and brackets are nested at most; the parser of older SQLite keeps 100 symbols.
    var nestingMax: Int { self == .sqlite ? 12 : 48 }

    /// The height of an expression's tree at most; SQLite and DuckDB stop at 1,000.
    var heightMax: Int { self == .spark ? 200 : 400 }

    /// What is written at the end of a step, so that no step is merged into the next one: an expression that is read
    /// twice would be computed twice, and its text double with every step.
    var fence: String? {
        switch self {
        case .postgres: "OFFSET 0"
        case .sqlite: "LIMIT -1 OFFSET 0"
        case .duckdb, .spark: nil
        }
    }

    /// Whether the database has numbers of single precision.
    var hasSinglePrecision: Bool { self != .sqlite }

    /// How often the text of a rounding to single precision names its operand: most databases raise an error for a
    /// number out of range, so it is compared first.
    var roundingMentions: Int { self == .spark ? 1 : 4 }

    /// The name of a type.
    func typeName(of kind: SQLExpression.Kind) -> String {
        switch (kind, self) {
        case (.number, .postgres): "DOUBLE PRECISION"
        case (.number, .sqlite): "REAL"
        case (.number, _): "DOUBLE"
        case (.whole, .sqlite): "INTEGER"
        case (.whole, _): "BIGINT"
        case (.text, .duckdb): "VARCHAR"
        case (.text, .spark): "STRING"
        case (.text, _): "TEXT"
        case (.truth, _): "BOOLEAN"
        }
    }

    /// The name of the type of single precision.
    var singleTypeName: String { self == .postgres ? "REAL" : "FLOAT" }

    /// A name between quotation marks.
    func quoted(_ name: String) -> String {
        self == .spark ? SQLText.quoted(name, between: "`") : SQLText.name(name)
    }

    /// A text between quotation marks.
    func literal(_ text: String) -> String {
        self == .spark ? "'\(text.escaping(["\\": "\\\\", "'": "\\'"]))'" : SQLText.literal(text)
    }

    /// A number as the operand of arithmetic or a comparison, which reads back as the same double.
    func literal(_ value: Double) -> String {
        let text =
            switch self {
            case _ where value.isInfinite: infinity(isNegative: value < 0)
            case .duckdb: "\(value)".contains("e") ? "\(value)" : "\(value)e0"
            case .spark: "\(value)D"
            case .postgres, .sqlite: "\(value)"
            }
        return text.hasPrefix("-") ? "(\(text))" : text
    }

    /// A number as a value of its own; PostgreSQL would take it for a decimal one.
    func typedLiteral(_ value: Double) -> String {
        guard self == .postgres, value.isFinite else { return literal(value) }
        let text = "\(abs(value))::float8"
        return value < 0 ? "(-\(text))" : text
    }

    /// A number that something is compared with.
    ///
    /// SQLite's reader of decimal numbers may miss the last bit of a shortest decimal, which can lie close to the
    /// middle between two doubles. With 18 digits the text lies next to the double itself, and is read back right.
    func threshold(_ value: Double) -> String {
        guard self == .sqlite, value.isFinite, value != value.rounded() else { return literal(value) }
        let text = String(format: "%.18g", value)
        return text.hasPrefix("-") ? "(\(text))" : text
    }

    private func infinity(isNegative: Bool) -> String {
        let text = isNegative ? "-Infinity" : "Infinity"
        switch self {
        case .postgres: return "'\(text)'::float8"
        case .duckdb: return "'\(text)'::DOUBLE"
        case .spark: return "DOUBLE('\(text)')"
        case .sqlite: return isNegative ? "-9e999" : "9e999"
        }
    }

    /// The value that is no number, in databases that have one.
    var notANumber: String? {
        switch self {
        case .postgres: "'NaN'::float8"
        case .duckdb: "'NaN'::DOUBLE"
        case .spark: "DOUBLE('NaN')"
        case .sqlite: nil
        }
    }
}
