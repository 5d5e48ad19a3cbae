import SlipwayData
import SlipwayModel

/// A scalar that tables are looked up by.
protocol TableKey: TensorScalar {
    /// What two equal keys have in common; texts are equal byte for byte, as in ONNX Runtime.
    associatedtype Identity: Hashable, Sendable

    /// The part of the key that is looked up.
    var identity: Identity { get }
}

extension TableKey where Identity == Self {
    var identity: Self { self }
}

extension Float: TableKey {}
extension Double: TableKey {}
extension Int32: TableKey {}
extension Int64: TableKey {}

extension String: TableKey {
    var identity: ByteText { ByteText(self) }
}
