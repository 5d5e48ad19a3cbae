import SlipwayModel

/// Rows that trees can read.
struct TreeInput {
    /// The features in the precision in which they are compared.
    enum Numbers {
        case single([Float])
        case double([Double])
    }

    let numbers: Numbers
    let rowCount: Int
    /// The features of a row.
    let width: Int
}
