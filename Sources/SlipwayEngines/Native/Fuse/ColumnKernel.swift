import SlipwayModel

/// A kernel whose output can be told column by column from the columns of its input.
protocol ColumnKernel: Kernel {
    /// The columns of the output, or `nil` where the node has to run by itself.
    ///
    /// What a pass writes for these columns is bit for bit what the node computes.
    func columns(of inputs: [ColumnInput]) -> FeatureColumns?
}

/// What is known at load of an input of a node.
enum ColumnInput {
    case columns(FeatureColumns)
    case constant(Tensor)
    /// The shape of a value whose columns are known.
    case shape(FeatureColumns)
    case unknown

    /// The columns, if they are known.
    var columns: FeatureColumns? {
        if case .columns(let columns) = self { columns } else { nil }
    }

    /// Whole numbers known at load.
    var integers: [Int]? {
        if case .constant(let tensor) = self { tensor.wholeNumbers } else { nil }
    }

    /// One number for each of some columns, known at load and the same for all rows.
    func figures(for columns: FeatureColumns) -> [Float]? {
        guard case .constant(let tensor) = self, case .float32(let values) = tensor.elements,
            tensor.shape.count <= columns.dimensions.count + 1
        else { return nil }
        if values.count == 1 { return [Float](repeating: values[0], count: columns.width) }
        let isRow = tensor.shape == columns.dimensions || tensor.shape == [1] + columns.dimensions
        return isRow ? values : nil
    }
}
