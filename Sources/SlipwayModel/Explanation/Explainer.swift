public import SlipwayData

/// A type that says how much each field of a row moves a model's score.
///
/// ## Contract for implementers
/// - The base and the contributions of an ``Explanation`` sum to its score, up to rounding.
/// - The same row always gives the same explanation, whatever was explained before.
/// - ``explain(_:)`` may be called from many threads at once; it blocks its thread while it computes.
public protocol Explainer: Sendable {
    /// How contributions are found.
    var method: Explanation.Method { get }

    /// Explains rows of cells in the order of the signature's fields, one explanation per row.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for rows of another width, `inferenceFailed` when the model
    ///   cannot be run on them or a contribution is not a finite number.
    func explain(_ rows: [[Value]]) throws(ModelError) -> [Explanation]
}
