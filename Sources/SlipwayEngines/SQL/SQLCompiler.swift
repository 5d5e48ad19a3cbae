public import SlipwayModel

/// Writes a model as one SQL query that computes the same answers inside a database.
///
/// The compiler has three stages, one per folder below: `Lowering` runs the graph over the fields of the signature and
/// leaves one expression per column of the answer; `Planning` spreads these expressions over a chain of steps; and
/// `Rendering` writes the steps in the words of a dialect.
///
/// `NULL` in a field means what a missing cell means everywhere else in Slipway: the field's default if it has one,
/// else NaN for a number and the empty text for a text. Where the model refuses a row, its answers are `NULL`.
public struct SQLCompiler: Sendable {
    /// The database that the query is for.
    public let dialect: SQLDialect

    /// Makes a compiler for a database.
    public init(_ dialect: SQLDialect) { self.dialect = dialect }

    /// Compiles a model.
    ///
    /// - Parameters:
    ///   - graph: The model.
    ///   - signature: Its fields, whose names are those of the table's columns.
    ///   - table: The table or view to read; dots part its name from its schema.
    ///   - keys: Columns of the table that the answer keeps in front of the outputs, such as its primary key.
    ///   - notes: Lines for the comment at the top.
    /// - Throws: ``ModelError`` of kind `unsupportedModel` that names each node without a counterpart in SQL, or two
    ///   columns that the database does not tell apart; `limitExceeded` for a model whose text would be too large for the database.
    /// - Complexity: O(nodes of the graph and of its trees).
    public func compile(
        _ graph: Graph, signature: Signature, from table: String, keys: [String] = [], notes: [String] = []
    ) throws(ModelError) -> String {
        let lowering = try GraphLowering(graph, signature)
        let plan = try SQLPlan(lowering, signature, for: dialect)
        try ColumnNames(dialect: dialect).check(plan, keys: keys)
        return try SQLRenderer(plan, table: table, keys: keys).text(notes: notes)
    }
}
