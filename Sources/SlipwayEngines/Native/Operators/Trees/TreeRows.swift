/// Rows of features in memory that a caller lends.
struct TreeRows<Number: TreeScalar> {
    let start: UnsafePointer<Number>
    /// The elements from one row to the next.
    let width: Int
    let count: Int

    /// Some of the rows.
    func slice(from first: Int, count: Int) -> TreeRows {
        TreeRows(start: start + first &* width, width: width, count: count)
    }
}
