package import SlipwayData
import SlipwayModel

extension PredictionService {
    /// Reads the rows of a Parquet file for a model: the columns of its inputs and of its key, of any others none.
    ///
    /// - Parameter deadline: Until when the rows are worth reading.
    /// - Throws: ``ServingError``: `unsupportedMediaType` where nothing reads Parquet, `malformed`, `tooLarge`,
    ///   `signatureMismatch` when the file has none of the columns, `busy`, or `deadlineExceeded`.
    package func table(
        ofParquet bytes: [UInt8], for served: ServedModel, until deadline: ContinuousClock.Instant?
    ) async throws(ServingError) -> Table {
        let names = served.model.signature.inputs.map(\.name) + [served.binding.key].compactMap(\.self)
        return try await parquet.table(
            of: bytes, columns: Set(names), rowCountMax: served.rowCountMax, until: deadline)
    }
}
