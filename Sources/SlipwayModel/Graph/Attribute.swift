/// The value of a node's attribute.
public enum Attribute: Equatable, Sendable {
    /// A float.
    case float(Float)
    /// An integer.
    case integer(Int64)
    /// A text; ONNX stores bytes, invalid UTF-8 is refused at load.
    case string(String)
    /// A tensor.
    case tensor(Tensor)
    /// A list of floats.
    case floats([Float])
    /// A list of integers.
    case integers([Int64])
    /// A list of texts.
    case strings([String])
}
