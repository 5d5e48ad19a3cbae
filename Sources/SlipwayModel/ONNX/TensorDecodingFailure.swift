/// Why the elements of a tensor cannot be read; the message continues a sentence that begins with the tensor's name.
struct TensorDecodingFailure: Error, Equatable {
    var message: String
    /// Whether the format allows the tensor and only Slipway does not.
    var isUnsupportedType = false
}
