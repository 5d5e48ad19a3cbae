/// The limits of feature views.
public enum FeatureLimits {
    /// The keys of one look-up.
    public static let keyCountMax = 10_000
    /// The columns of a view.
    public static let columnCountMax = 1_000
    /// The characters of a view's name; PostgreSQL cuts names off at 63 bytes.
    public static let nameLengthMax = 40
}
