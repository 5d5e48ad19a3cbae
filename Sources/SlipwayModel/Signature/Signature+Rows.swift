public import SlipwayData

extension Signature {
    /// The rows of a table as cells in the order of ``inputs``, in the types of the fields.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for an absent column or a cell of the wrong type.
    public func rows(of table: Table) throws(ModelError) -> [[Value]] {
        var rows = Array(repeating: [Value](), count: table.rowCount)
        for field in inputs {
            let column = table[field.name]
            for row in rows.indices { rows[row].append(try field.converted(fromTable: column?[row] ?? .missing)) }
        }
        return rows
    }
}
